// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compile, hash } from '../../tools/package/lmo';

const FIXTURES = join(import.meta.dirname, 'fixtures');

describe('a compiled catalogue', () => {
	it('is what luci-base\'s po2lmo makes of it', () => {
		const reference = readFileSync(join(FIXTURES, 'nft-offload.de.lmo.hex'), 'latin1').replaceAll('\n', '');
		expect(compile(readFileSync(join(FIXTURES, 'po/de/nft-offload.po'), 'utf8'))!.toString('hex')).toBe(reference);
	});

	it('answers a look-up by hash', () => {
		const lmo = compile('msgid "Go back"\nmsgstr "Zurück"\n')!;
		const index = lmo.readUInt32BE(lmo.length - 4);
		expect(lmo.readUInt32BE(index)).toBe(hash('Go back'));
		const [offset, length] = [lmo.readUInt32BE(index + 8), lmo.readUInt32BE(index + 12)];
		expect(lmo.toString('utf8', offset, offset + length)).toBe('Zurück');
	});

	it('is none when nothing is translated', () => {
		expect(compile('msgid "a"\nmsgstr ""\n')).toBeNull();
		expect(compile('')).toBeNull();
	});

	it.each([
		['a text that does not end', 'msgid "a"\nmsgstr "b\n', 'line 2'],
		['a word that is not one of a catalogue', 'msgid "a"\nmessage "b"\n', 'line 2'],
		['a quotation mark inside', 'msgid "a" b"\nmsgstr "b"\n', 'line 1'],
	])('refuses %s', (_, po, where) => {
		expect(() => compile(po)).toThrow(where);
	});

	it('takes line ends of both kinds', () => {
		const po = 'msgid "a"\nmsgstr "b"\n';
		expect(compile(po.replaceAll('\n', '\r\n'))).toEqual(compile(po));
	});
});
