// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { restrictApplets } from '../../testbed/image/busybox.js';

const names = ['[', 'ar', 'ash', 'awk', 'bc', 'bzip2', 'cat', 'chroot', 'setsid', 'sh', 'start-stop-daemon', 'stat', 'timeout', 'true', 'vi', 'w', 'wc'];
const program = Buffer.concat([Buffer.from('code\0setsid\0'), Buffer.from(names.join('\0') + '\0'), Buffer.from('more code')]);
const wanted = new Set(['[', 'ash', 'awk', 'cat', 'chroot', 'sh', 'start-stop-daemon', 'true', 'vi', 'wc']);

function table(result: Buffer): string[] {
	const start = program.indexOf(names.join('\0'));
	return result.subarray(start, start + names.join('\0').length).toString('latin1').split('\0');
}

describe('a busybox with fewer applets', () => {
	const kept = table(restrictApplets(program, names, wanted));

	it('keeps what is wanted where it was', () => {
		names.forEach((name, index) => {
			if (wanted.has(name))
				expect(kept[index]).toBe(name);
		});
	});

	it('no longer knows the others', () => {
		expect(kept.filter((name) => names.includes(name) && !wanted.has(name))).toEqual(['w']);
	});

	it('leaves every wanted name where a binary search finds it', () => {
		for (const name of wanted) {
			const place = names.indexOf(name);
			expect(kept.slice(0, place).every((other) => other < name)).toBe(true);
			expect(kept.slice(place + 1).every((other) => other > name)).toBe(true);
		}
	});

	it('changes nothing but the table', () => {
		const result = restrictApplets(program, names, wanted);
		expect(result.length).toBe(program.length);
		expect(result.subarray(0, 12)).toEqual(program.subarray(0, 12));
		expect(result.subarray(-9)).toEqual(program.subarray(-9));
	});

	it('refuses a program whose table is not what it expects', () => {
		expect(() => restrictApplets(Buffer.from('nothing'), names, wanted)).toThrow('no single table');
		expect(() => restrictApplets(Buffer.concat([program, program]), names, wanted)).toThrow('no single table');
	});
});
