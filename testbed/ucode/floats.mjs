// SPDX-License-Identifier: Apache-2.0
/** C's %e, %f and %g: JavaScript rounds ties away from zero, C to even, and C pads. */

/** The exact decimal digits of a finite positive double: { digits, point }, value = 0.digits × 10^point. */
function exact(value) {
	const view = new DataView(new ArrayBuffer(8));

	view.setFloat64(0, value);

	const raw = view.getBigUint64(0);
	const biased = Number(raw >> 52n & 0x7ffn);
	const fraction = raw & 0xfffffffffffffn;
	const mantissa = biased ? fraction | 1n << 52n : fraction;
	const exponent = (biased || 1) - 1075;

	if (exponent >= 0) {
		const digits = String(mantissa << BigInt(exponent));

		return { digits, point: digits.length };
	}

	// mantissa / 2^n = mantissa × 5^n / 10^n
	const digits = String(mantissa * 5n ** BigInt(-exponent));

	return { digits, point: digits.length + exponent };
}

/** Rounds half to even, keeping `count` digits (may be ≤ 0): { digits, point } with exactly max(count, 0) digits. */
function round({ digits, point }, count) {
	if (count < 0)
		return { digits: '', point: point - count };
	if (count >= digits.length)
		return { digits: digits.padEnd(count, '0'), point };

	let kept = digits.slice(0, count);
	const rest = digits.slice(count);
	const tie = /^50*$/.test(rest);
	const up = tie ? Number(kept.at(-1) ?? 0) % 2 === 1 : rest[0] >= '5';

	if (!up)
		return { digits: kept, point };

	kept = String(BigInt(kept || '0') + 1n).padStart(count, '0');

	// a carry out of the front: the number got one digit longer
	return kept.length > count ? { digits: kept, point: point + 1, longer: true } : { digits: kept, point };
}

function fixed(value, precision) {
	const x = value === 0 ? { digits: '0', point: 1 } : exact(value);
	const { digits, longer } = round(x, x.point + precision);
	let all = x.point + precision < 0 ? '' : digits;

	if (longer && x.point + precision === 0)
		all = '1';

	all = all.padStart(precision + 1, '0');

	const whole = all.slice(0, all.length - precision);

	return precision ? `${whole}.${all.slice(all.length - precision)}` : whole;
}

function parts(value, precision) {
	if (value === 0)
		return { digits: '0'.repeat(precision + 1), exponent: 0 };

	const { digits, point } = round(exact(value), precision + 1);

	return { digits: digits.slice(0, precision + 1), exponent: point - 1 };
}

function scientific(value, precision) {
	const { digits, exponent } = parts(value, precision);
	const e = String(Math.abs(exponent)).padStart(2, '0');

	return digits[0] + (precision ? `.${digits.slice(1)}` : '') + (exponent < 0 ? 'e-' : 'e+') + e;
}

function general(value, precision, alternate) {
	const p = precision || 1;
	const { exponent } = parts(value, p - 1);
	const text = exponent < -4 || exponent >= p ? scientific(value, p - 1) : fixed(value, p - 1 - exponent);

	if (alternate || !text.includes('.'))
		return text;

	const [ digits, e ] = text.split('e');

	return digits.replace(/\.?0+$/, '') + (e ? `e${e}` : '');
}

/**
 * @param {number} value
 * @param {string} conversion one of e f g, lower case
 * @param {number} precision digits, as in %.3f
 * @param {boolean} [alternate] the # flag of %g
 * @returns {string} with a leading '-' where C prints one
 */
export function formatDouble(value, conversion, precision, alternate = false) {
	if (value !== value)
		return 'nan';

	const sign = value < 0 || Object.is(value, -0) ? '-' : '';
	const size = Math.abs(value);

	if (size === Infinity)
		return `${sign}inf`;

	return sign + (conversion === 'f' ? fixed(size, precision) :
		conversion === 'e' ? scientific(size, precision) : general(size, precision, alternate));
}
