// SPDX-License-Identifier: Apache-2.0
/** @param {string} text @returns {string} in nft's double quotes */
export function quoted(text) {
	return `"${text.replaceAll('"', '\'')}"`;
}

function word(text) {
	return /^[0-9A-Fa-f:./-]+( \. [0-9A-Fa-f:./-]+)*$/.test(text) ? text : quoted(text);
}

/**
 * An anonymous set; one element stands alone unless braces are asked for.
 * @param {string[]} items
 * @param {boolean} [braces]
 * @returns {string}
 */
export function set(items, braces = false) {
	const unique = [...new Set(items)];

	return braces || unique.length !== 1 ? `{ ${unique.map(word).join(', ')} }` : word(unique[0]);
}
