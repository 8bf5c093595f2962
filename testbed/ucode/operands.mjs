// SPDX-License-Identifier: Apache-2.0
/** What rules of several kinds write alike: strings, names of operators, keys of members. */

/** A string as JavaScript code. */
export const text = (value) => JSON.stringify(value).replace(/[\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`);

/** Operators → runtime function; in += and its kin too. */
export const BINARY = {
	'+': '$add', '-': '$sub', '*': '$mul', '/': '$div', '%': '$mod', '**': '$pow',
	'&': '$and', '|': '$or', '^': '$xor', '<<': '$shl', '>>': '$shr'
};

/** Emits the key of a member. */
export function key(e, node) {
	if (node.computed)
		e.expression(node.property);
	else
		e.put(text(node.property.name));
}
