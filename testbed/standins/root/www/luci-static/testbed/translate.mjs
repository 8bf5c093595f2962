// SPDX-License-Identifier: Apache-2.0
/** LuCI's `_()` and `N_()`: texts of `window.TR`, found by the hash of the English ones. */

/**
 * "Super fast hash" over UTF-8, started with the length.
 * @param {string} text
 * @returns {string} eight hexadecimal digits
 */
export function hash(text) {
	const data = new TextEncoder().encode(text);
	const half = at => data[at] | data[at + 1] << 8;
	const odd = data.length & 3, even = data.length - odd;
	let sum = data.length;

	for (let at = 0; at < even; at += 4) {
		sum = sum + half(at) >>> 0;
		sum = (sum << 16 ^ half(at + 2) << 11 ^ sum) >>> 0;
		sum = sum + (sum >>> 11) >>> 0;
	}

	if (odd === 3) {
		sum = sum + half(even) >>> 0;
		sum = (sum ^ sum << 16 ^ data[even + 2] << 24 >> 24 << 18) >>> 0;
		sum = sum + (sum >>> 11) >>> 0;
	}
	else if (odd === 2) {
		sum = sum + half(even) >>> 0;
		sum = (sum ^ sum << 11) >>> 0;
		sum = sum + (sum >>> 17) >>> 0;
	}
	else if (odd === 1) {
		sum = sum + (data[even] << 24 >> 24) >>> 0;
		sum = (sum ^ sum << 10) >>> 0;
		sum = sum + (sum >>> 1) >>> 0;
	}

	for (const [left, right] of [[3, 5], [4, 17], [25, 6]]) {
		sum = (sum ^ sum << left) >>> 0;
		sum = sum + (sum >>> right) >>> 0;
	}

	return sum.toString(16).padStart(8, '0');
}

const key = text => `${text}`.trim().replace(/[ \t\n]+/g, ' ');
let plural = null;

/**
 * @param {string} text
 * @param {string} [context]
 */
export function translate(text, context) {
	return window.TR?.[hash((context ? `${key(context)}\x01` : '') + key(text))] || text;
}

/**
 * @param {number} count
 * @param {string} singular
 * @param {string} several
 * @param {string} [context]
 */
export function translatePlural(count, singular, several, context) {
	if (!plural && window.TR)
		plural = new Function('n', `${window.TR['00000000'] ?? 'plural=(n != 1);'}; return +plural`);

	const form = plural ? plural(count) : +(count !== 1);

	return window.TR?.[hash(`${context ? `${key(context)}\x01` : ''}${key(singular)}\x02${form}`)] || (form ? several : singular);
}
