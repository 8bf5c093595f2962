// SPDX-License-Identifier: Apache-2.0
// LuCI's getConntrackList: its list, and the reply that rpcd makes of it
'use strict';

import { conntrack_list } from 'luci.sys';
import { used, peak } from 'bench.cost';

let before = used(), list = conntrack_list(), reply = length(sprintf('%J', { result: list }));

printf('%J\n', { cost: used() - before, entries: length(list), peak: peak(), reply });
