// SPDX-License-Identifier: Apache-2.0
/**
 * `make bench`: what the sampler's pass over 65,536 entries of conntrack costs
 * against reading and counting the lines alone, on every ucode that is
 * installed ($UCODE, or `ucode` on PATH). Exits with 1 when it is more than five
 * times as much on one of them, or when the sums are wrong.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { nodeRunner, realInterpreters, type Interpreter } from '../backend/interpreters';
import { conntrackTable } from './table';

const ENTRIES = 65_536;
const LIMIT = 5;
const ROUNDS = 11;

interface Measured {
	/** ns of CPU */
	cost: number;
	entries: number;
	/** kB */
	peak: number;
	paths?: unknown;
}

const directory = mkdtempSync(join(tmpdir(), 'nft-offload-bench-'));
const file = join(directory, 'nf_conntrack');
const table = conntrackTable(ENTRIES);

function measure(interpreter: Interpreter, script: string): Measured {
	const [program = '', ...first] = interpreter.command;

	return JSON.parse(execFileSync(program, [...first, '-L', directory, join(import.meta.dirname, script), file], { encoding: 'utf8' })) as Measured;
}

function median(values: number[]): number {
	return values.sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}

/** Both in turn, so that whatever else the machine does meets both. */
function compare(interpreter: Interpreter): Record<string, string | number> & { ratio: number } {
	const reading: number[] = [], passing: number[] = [];
	let last: Measured | undefined;

	for (let round = 0; round < ROUNDS; round++) {
		reading.push(measure(interpreter, 'reading.uc').cost / 1e6);
		passing.push((last = measure(interpreter, 'passing.uc')).cost / 1e6);

		if (last.entries !== ENTRIES || !isDeepStrictEqual(last.paths, table.paths))
			throw new Error(`${interpreter.name}: the sums are wrong`);
	}

	const ratio = median(passing) / median(reading);

	return {
		'ucode': interpreter.name,
		'reading alone, ms': median(reading).toFixed(1),
		'pass, ms': median(passing).toFixed(1),
		ratio: Number(ratio.toFixed(2)),
		'peak memory, kB': last?.peak ?? NaN,
	};
}

try {
	mkdirSync(join(directory, 'bench'));
	copyFileSync(join(import.meta.dirname, 'cost.uc'), join(directory, 'bench/cost.uc'));
	symlinkSync(join(import.meta.dirname, '../../rpcd/share'), join(directory, 'nft_offload'));
	writeFileSync(file, table.text);

	const real = realInterpreters();

	if (!real.length)
		console.log('No ucode on PATH and none in $UCODE: timing the Node runner, which proves nothing about a router.');

	const rows = (real.length ? real : [nodeRunner]).map(compare);

	console.log(`${ENTRIES} entries, ${(table.text.length / 1e6).toFixed(1)} MB; median of ${ROUNDS} rounds, CPU time`);
	console.table(rows);

	if (real.length && rows.some(({ ratio }) => ratio > LIMIT)) {
		console.error(`A pass may cost ${LIMIT} times as much as reading alone.`);
		process.exitCode = 1;
	}
}
finally {
	rmSync(directory, { recursive: true, force: true });
}
