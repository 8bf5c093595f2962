// SPDX-License-Identifier: Apache-2.0
/** The uci engine of testbed/ucode, below TESTBED_ROOT and with JavaScript's strings. */
import { Cursor, UciError } from '../../ucode/uci.mjs';
import { fromBytes } from '../../ucode/values.mjs';
import { at } from './paths.mjs';

export const CONFIG = at('/etc/config');
export const DELTAS = at('/tmp/.uci');

/** A cursor that reads the deltas of given directories only, and saves to the last of them. */
export class DeltaCursor extends Cursor {
	/** @param {string} config @param {string[]} directories */
	constructor(config, directories) {
		super(config, directories.at(-1));
		this.directories = directories;
	}

	/** @override */
	get deltaPath() {
		return this.directories;
	}
}

/**
 * A section as a table: options by name, plus `.anonymous`, `.type`, `.name`.
 * @param {import('../../ucode/uci.mjs').Section} section
 * @returns {Record<string, any>}
 */
export function sectionTable({ type, name, anonymous, options }) {
	const text = value => Array.isArray(value) ? value.map(fromBytes) : fromBytes(value);

	return {
		'.anonymous': anonymous, '.type': fromBytes(type), '.name': fromBytes(name),
		...Object.fromEntries([...options].map(([key, value]) => [fromBytes(key), text(value)])),
	};
}

/**
 * The sections of a package, uncommitted changes included; none when it is missing or does not parse.
 * @param {string} name
 * @param {string} [type] only of this type
 * @returns {Record<string, any>[]}
 */
export function sections(name, type) {
	try {
		return new DeltaCursor(CONFIG, [DELTAS]).load(name).sections
			.filter(section => type === undefined || section.type === type)
			.map(sectionTable);
	}
	catch (error) {
		if (error instanceof UciError)
			return [];

		throw error;
	}
}
