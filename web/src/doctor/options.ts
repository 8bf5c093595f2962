// SPDX-License-Identifier: Apache-2.0
import type { Flowtable, Mode, Options } from '../contract.ts';

const TRUE = ['1', 'on', 'true', 'yes'];
const FALSE = ['0', 'off', 'false', 'no'];

/**
 * A boolean option as firewall4 reads it (parse_bool in fw4.uc): absent is
 * false, and null is a spelling that makes it drop the whole section.
 */
export function readBool(value: string | null): boolean | null {
	if (value === null || FALSE.includes(value))
		return false;
	return TRUE.includes(value) ? true : null;
}

/** The mode that firewall4 makes of the two options; null when it can read one of them not at all. */
export function modeOfOptions(options: Options): Mode | null {
	const software = readBool(options.flow_offloading);
	const hardware = readBool(options.flow_offloading_hw);
	if (software === null || hardware === null)
		return null;
	if (!software)
		return 'off';
	return hardware ? 'hardware' : 'software';
}

/** The mode that a loaded flowtable stands for. */
export function modeOfFlowtable(flowtable: Flowtable | null): Mode {
	if (!flowtable)
		return 'off';
	return flowtable.offload ? 'hardware' : 'software';
}
