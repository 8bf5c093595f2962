// SPDX-License-Identifier: Apache-2.0

/* LuCI may spell a language zh_cn, which no browser takes. */
const language = (): string | undefined => document.documentElement.lang.replace('_', '-') || undefined;

/** Which way the page is read. LuCI's themes set the language only; without our catalogue the words are English. */
export function direction(): 'ltr' | 'rtl' {
	return /^(ar|fa|he|ur|yi)\b/.test(language() ?? '') && _('Asking the router…') !== 'Asking the router…' ? 'rtl' : 'ltr';
}

/* Western digits in every language, as in the rest of LuCI and in the names of devices. */
const number = (value: number, digits: number): string =>
	value.toLocaleString(language(), { minimumFractionDigits: digits, maximumFractionDigits: digits, numberingSystem: 'latn' });

/** A rate in bytes per second as the bits per second that providers sell. */
export function bitrate(bytes: number): string {
	const bits = bytes * 8;
	const pick = (scaled: number): string => number(scaled, scaled < 9.95 ? 1 : 0);
	if (bits < 999.5)
		return _('%s bit/s').format(number(bits, 0));
	if (bits < 999.5e3)
		return _('%s kbit/s').format(pick(bits / 1e3));
	if (bits < 999.5e6)
		return _('%s Mbit/s').format(pick(bits / 1e6));
	return _('%s Gbit/s').format(pick(bits / 1e9));
}

export const integer = (value: number): string => number(value, 0);

/** A share of 0 to 1 in percent, never rounded up to a perfect 100 nor down to 0. */
export function percent(share: number): string {
	const value = share * 100;
	return integer(value > 99 && value < 100 ? 99 : value > 0 && value < 1 ? 1 : value);
}

/** A time left, m:ss. */
export function clock(seconds: number): string {
	const left = Math.max(0, Math.ceil(seconds));
	return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
}

/** How long ago, in words. */
export function ago(seconds: number): string {
	if (seconds < 60)
		return _('just now');
	if (seconds < 3600) {
		const minutes = Math.floor(seconds / 60);
		return N_(minutes, '%d minute ago', '%d minutes ago').format(minutes);
	}
	const hours = Math.floor(seconds / 3600);
	return N_(hours, '%d hour ago', '%d hours ago').format(hours);
}

/** How long ago, to the second. */
export const secondsAgo = (seconds: number): string => N_(seconds, '%d second ago', '%d seconds ago').format(seconds);

/** A list of names, the ports `lan1, lan2, lan3` as `lan1–lan3`. */
export function names(list: string[]): string {
	const runs: { first: string; last: string; stem: string; number: number; count: number }[] = [];
	for (const name of list) {
		const [, stem = name, digits] = /^(.*?[^0-9.])([0-9]+)$/.exec(name) ?? [];
		const value = digits === undefined ? NaN : Number(digits);
		const run = runs.at(-1);
		if (run && run.stem === stem && run.number + 1 === value) {
			run.last = name;
			run.number = value;
			run.count++;
		}
		else
			runs.push({ first: name, last: name, stem, number: value, count: 1 });
	}
	return runs.map(({ first, last, count }) => (count === 1 ? first : count === 2 ? `${first}, ${last}` : `${first}–${last}`)).join(', ');
}

/** How much, in bytes; symbols of units are the same in every language. */
export function size(bytes: number): string {
	let scaled = bytes;
	let unit = 0;
	for (; scaled >= 999.5 && unit < 4; unit++)
		scaled /= 1000;
	return `${number(scaled, unit && scaled < 9.95 ? 1 : 0)} ${['', 'k', 'M', 'G', 'T'][unit]}B`;
}

/** How long, in the largest unit that fits. */
export function span(seconds: number): string {
	if (seconds < 120)
		return _('%d s').format(Math.floor(seconds));
	const [text, unit] = seconds < 7200 ? [_('%d min'), 60] : seconds < 172_800 ? [_('%d h'), 3600] : [_('%d d'), 86_400];
	return text.format(Math.floor(seconds / unit));
}
