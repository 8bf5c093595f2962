// SPDX-License-Identifier: Apache-2.0
// Reading and counting the lines alone, as firewall4 reads a file
'use strict';

import { open } from 'fs';
import { used, peak } from 'bench.cost';

function count(table) {
	let fd = open(table, 'r'), lines = 0;

	for (let line = fd.read('line'); length(line); line = fd.read('line'))
		lines++;

	return lines;
}

let before = used(), entries = count(ARGV[0]);

printf('%J\n', { cost: used() - before, entries, peak: peak() });
