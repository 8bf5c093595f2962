// SPDX-License-Identifier: Apache-2.0
const ESCAPES = { '&': '&#38;', '"': '&#34;', '\'': '&#39;', '<': '&#60;', '>': '&#62;' };
const UNITS = [' ', ' K', ' M', ' G', ' T', ' P', ' E'];

/** `%1024.2m`: width is the base, precision the decimals. */
function metric(value, base, digits) {
	let unit = 0;

	for (; unit < UNITS.length && value > base; unit++)
		value /= base;

	return unit ? `${value.toFixed(digits)}${UNITS[unit]}${base === 1024 ? 'i' : ''}` : `${value} `;
}

function duration(seconds) {
	const days = Math.floor(seconds / 86400);
	const rest = [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60];
	const text = `${rest[0]}h ${rest[1]}m ${rest[2]}s`;

	return days ? `${days}d ${text}` : text;
}

/**
 * LuCI's String.prototype.format(): printf with `%h` (HTML), `%q` (quotes), `%t` (s) and `%m` (metric).
 * @param {string} template
 * @param {unknown[]} values
 * @returns {string}
 */
export function format(template, values) {
	let index = 0;

	return template.replace(/%('.|0| )?(-)?(\d+)?(\.\d+)?([%bcdufosxXhqtm])/g, (whole, pad, left, width, precision, type) => {
		if (type === '%')
			return '%';

		if (index >= values.length)
			return whole;

		const value = values[index++];
		const number = Number(value) || 0;
		let text;

		switch (type) {
		case 'b': text = Math.floor(number).toString(2); break;
		case 'c': text = String.fromCharCode(number); break;
		case 'd': text = Math.floor(number).toFixed(0); break;
		case 'u': text = Math.floor(number < 0 ? 0x100000000 + number : number).toFixed(0); break;
		case 'f': text = precision ? number.toFixed(Number(precision.slice(1))) : `${number}`; break;
		case 'o': text = Math.floor(number).toString(8); break;
		case 'x': text = Math.floor(number).toString(16); break;
		case 'X': text = Math.floor(number).toString(16).toUpperCase(); break;
		case 'h': text = `${value ?? ''}`.replace(/[&"'<>]/g, c => ESCAPES[c]); break;
		case 'q': text = `${value ?? ''}`.replace(/["']/g, c => ESCAPES[c]); break;
		case 't': text = duration(number); break;
		case 'm': return metric(number, Number(width ?? 1000), precision ? Number(precision.slice(1)) : 2);
		default: text = `${value}`;
		}

		const filler = pad ? pad.slice(-1) : ' ';

		return left ? text.padEnd(Number(width ?? 0), ' ') : text.padStart(Number(width ?? 0), filler);
	});
}
