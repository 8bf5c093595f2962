// SPDX-License-Identifier: Apache-2.0
// What calls cost rpcd, which answers nobody else meanwhile:
//	blocking.uc PLUGIN CALLS METHODS	METHODS in JSON: [ [ method, arguments ], … ]
'use strict';

import { used } from 'bench.cost';

let object = loadfile(ARGV[0])()['luci.nft-offload'], found = {};

function clock_ns() {
	let t = clock(true);

	return t[0] * 1000000000 + t[1];
}

for (let asked in json(ARGV[2])) {
	let cpu = [], wall = [], reply;

	for (let i = 0; i < int(ARGV[1]); i++) {
		let began = clock_ns(), before = used();

		reply = sprintf('%J', object[asked[0]].call({ args: asked[1] }));
		push(cpu, used() - before);
		push(wall, clock_ns() - began);
	}

	found[asked[0]] = { cpu, wall, bytes: length(reply), error: json(reply).error?.code };
}

printf('%J\n', found);
