// SPDX-License-Identifier: Apache-2.0
// The sampler's pass
'use strict';

import { pass } from 'nft_offload.conntrack.sums';
import { used, peak } from 'bench.cost';

let before = used(), found = pass(null, ARGV[0]);

printf('%J\n', { cost: used() - before, entries: found.entries, peak: peak(), paths: found.paths });
