// SPDX-License-Identifier: Apache-2.0
/** KVM is tried before it is believed, by programs that do what QEMU was seen to do. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { arch, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CACHE } from '../../host/repository.js';
import { acceleratorFor } from '../../testbed/vm/accelerator.js';

const NAME = `qemu-system-${arch() === 'arm64' ? 'aarch64' : 'x86_64'}`;
const OTHER = `qemu-system-${arch() === 'arm64' ? 'x86_64' : 'aarch64'}`;
const PATIENCE = 1500;

/** What the fake does after it has counted its start; $log is where its serial console goes. */
const RUNS = 'echo "[    0.000000] Linux version 6.1.0" >"$log"; exec sleep 60';
const NEVER_RUNS = 'exec sleep 60';
/** As a machine whose KVM was mended meanwhile. */
const RUNS_BY_NOW = `[ -e "$(dirname "$0")/now" ] || ${NEVER_RUNS}; ${RUNS}`;
const HAS_NO_KVM = 'echo "Could not access KVM kernel module: No such file or directory" >&2; exit 1';

let room: string, kernel: string, device: string, before: Set<string>, lines: string[];

const answers = (): string[] => existsSync(CACHE) ? readdirSync(CACHE).filter((name) => name.startsWith('accelerator-')) : [];

beforeEach(() => {
	room = mkdtempSync(join(tmpdir(), 'accelerator-test-'));
	[kernel, device] = [join(room, 'kernel'), join(room, 'kvm')];
	writeFileSync(kernel, 'a kernel');
	writeFileSync(device, '');
	before = new Set(answers());
	lines = [];
});

afterEach(() => {
	for (const name of answers().filter((answer) => !before.has(answer)))
		rmSync(join(CACHE, name));
	rmSync(room, { recursive: true });
});

/** A program in the place of QEMU. */
function fake(behaviour: string, name = NAME): string {
	const program = join(room, name);
	writeFileSync(program, `#!/bin/sh
echo "$*" >>${room}/starts
for word; do case $word in file:*) log=\${word#file:} ;; esac; done
${behaviour}
`, { mode: 0o755 });
	return program;
}

/** The arguments of each start of the fake. */
function starts(): string[] {
	const path = join(room, 'starts');
	return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
}

const ask = (program: string, other: { device?: string } = {}): Promise<string> =>
	acceleratorFor(program, kernel, { device, patience: PATIENCE, say: (line) => { lines.push(line); }, ...other });

describe('KVM', () => {
	it('is taken when the very kernel says its first words on it, and then without another trial', async () => {
		const program = fake(RUNS);
		expect(await ask(program)).toBe('kvm');
		expect(await ask(program)).toBe('kvm');
		expect(starts()).toEqual([expect.stringMatching(new RegExp(`-accel kvm .*-kernel ${kernel} `))]);
		expect(lines).toEqual([]);
	});

	it('is given up when the kernel never runs, which is remembered and said in a line', async () => {
		const program = fake(NEVER_RUNS), began = Date.now();
		expect(await ask(program)).toBe('tcg');
		expect(Date.now() - began).toBeGreaterThanOrEqual(PATIENCE);
		expect(await ask(program)).toBe('tcg');
		expect(starts()).toHaveLength(1);
		expect(lines).toEqual(Array(2).fill('KVM does not run this kernel here: emulating'));
	});

	it('is given up at once when QEMU refuses it', async () => {
		expect(await acceleratorFor(fake(HAS_NO_KVM), kernel, { device, patience: 600_000, say: () => undefined })).toBe('tcg');
		expect(starts()).toHaveLength(1);
	});

	it.each([
		['another kernel', () => { writeFileSync(kernel, 'a newer kernel'); }],
		['another QEMU', () => { fake(`${RUNS_BY_NOW} # newer`); }],
	])('is tried again with %s', async (_what, change) => {
		const program = fake(RUNS_BY_NOW);
		expect(await ask(program)).toBe('tcg');
		writeFileSync(join(room, 'now'), '');
		expect(await ask(program)).toBe('tcg');
		change();
		expect(await ask(program)).toBe('kvm');
	});

	it('is not tried where there is none, nor for another processor\'s guest', async () => {
		expect(await ask(fake(RUNS), { device: join(room, 'nothing') })).toBe('tcg');
		expect(await ask(fake(RUNS, OTHER))).toBe('tcg');
		expect(await ask('no-such-program')).toBe('tcg');
		expect(starts()).toEqual([]);
		expect(lines).toEqual([]);
	});
});
