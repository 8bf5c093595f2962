// SPDX-License-Identifier: Apache-2.0
'use strict';

import { glob, open } from 'fs';
import { run } from 'nft_offload.run.program';

// The kernel's words: nf_flow_table_*.c, nft_flow_offload.c, mtk_wed*.c, mtk_ppe*.c, airoha_ppe.c, airoha_npu.c
const WORDS = [ 'nf_flow', 'flow_offload', 'flowtable', 'mtk_wed', 'WED', 'wed device', 'mtk_ppe', 'mtk_foe', 'PPE table', 'airoha_ppe', 'airoha-npu', 'airoha_npu' ];

// Lines that a reply has, and characters of each
const LINES = 16;
const WIDTH = 200;

// Bytes of a crash dump that are read
const DUMP = 65536;

// Whether a line is about offloading. The list of modules that comes with every
// warning of the kernel names them and says nothing.
function tells(line) {
	return index(line, 'Modules linked in') < 0 &&
		length(filter(WORDS, (word) => index(line, word) >= 0)) > 0;
}

// Of a crash the lines of the trace: `nf_flow_offload_ip_hook+0x1f4/0x8d0`
function dumped() {
	let found = [];

	for (let path in glob('/sys/fs/pstore/dmesg-*')) {
		let fd = open(path, 'r');

		push(found, ...filter(split(fd?.read(DUMP) ?? '', '\n'), (line) => index(line, '+0x') > 0 && tells(line)));
		fd?.close();
	}

	return found;
}

/**
 * The lines of the kernel's log, and of the crash dump of the last boot, that are
 * about offloading: { log, crashed } of the contract's `ConflictFacts`.
 */
export function log() {
	let crash = slice(dumped(), 0, LINES / 2),
	    told = filter(split(run([ 'dmesg' ]).output, '\n'), tells),
	    room = LINES - length(crash);

	return {
		log: map([ ...crash, ...slice(told, -room) ], (line) => substr(line, 0, WIDTH)),
		crashed: length(crash) > 0
	};
};
