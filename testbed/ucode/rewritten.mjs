// SPDX-License-Identifier: Apache-2.0
/** rewrite.mjs with a memory: a program that the bundle knows already is not parsed again. */
import { rewrite as rewriteNow } from './rewrite.mjs';
import { Double, Regexp } from './values.mjs';

// what a rewritten program holds as constants; JSON would forget their class
const KINDS = { Double, Regexp };

/** @type {Map<string, { constants: unknown[] }>} */
const known = new Map();

const keyOf = (source, { filename, strict = false, module = false }) => JSON.stringify([ filename, strict, module, source ]);

/** As rewrite.mjs's. */
export function rewrite(source, options) {
	return known.get(keyOf(source, options)) ?? rewriteNow(source, options);
}

/**
 * A rewritten program as plain JSON, for recall().
 * @param {string} source bytes
 * @param {{ filename: string, strict?: boolean, module?: boolean }} options
 */
export function remember(source, options) {
	const program = rewriteNow(source, options);

	return {
		key: keyOf(source, options),
		program: { ...program, constants: program.constants.map((value) => ({ kind: value.constructor.name, value })) }
	};
}

/** Takes what remember() returned. */
export function recall({ key, program }) {
	const constants = program.constants.map(({ kind, value }) => Object.assign(Object.create(KINDS[kind].prototype), value));

	known.set(key, { ...program, constants });
}
