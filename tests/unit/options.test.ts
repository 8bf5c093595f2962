// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import type { Mode } from '../../web/src/contract.ts';
import { modeOfFlowtable, modeOfOptions, readBool } from '../../web/src/doctor/options.ts';
import { FLOWTABLE } from './fixtures/status.ts';

describe('a boolean as firewall4 reads it', () => {
	it.each([
		['1', true], ['true', true], ['yes', true], ['on', true],
		['0', false], ['false', false], ['no', false], ['off', false], [null, false],
		['enabled', null], ['TRUE', null], ['On', null], ['2', null], ['', null], [' 1', null], ['1 ', null],
	])('%j is %j', (spelling, value) => {
		expect(readBool(spelling)).toBe(value);
	});
});

describe('the mode of the two options', () => {
	it.each<[string | null, string | null, Mode | null]>([
		[null, null, 'off'],
		['0', null, 'off'],
		['1', null, 'software'],
		['yes', '0', 'software'],
		['on', 'true', 'hardware'],
		/* hardware alone does nothing */
		[null, '1', 'off'],
		['0', '1', 'off'],
		/* firewall4 drops the section for either */
		['enabled', null, null],
		['1', 'enabled', null],
		['0', 'enabled', null],
	])('%j and %j are %j', (flow_offloading, flow_offloading_hw, mode) => {
		expect(modeOfOptions({ flow_offloading, flow_offloading_hw })).toBe(mode);
	});
});

it.each<Mode>(['off', 'software', 'hardware'])('the flowtable of %s is recognised', (mode) => {
	expect(modeOfFlowtable(FLOWTABLE[mode])).toBe(mode);
});
