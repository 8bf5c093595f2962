// SPDX-License-Identifier: Apache-2.0
/** localtime(), gmtime() and back. */
import { toInteger } from './numbers.mjs';
import { isObject, Obj, own } from './values.mjs';

function broken(date, dst) {
	const day = Math.round((Date.UTC(date[0], date[1], date[2]) - Date.UTC(date[0], 0, 1)) / 86400000);

	return Object.assign(new Obj(), {
		sec: date[5], min: date[4], hour: date[3], mday: date[2], mon: date[1] + 1, year: date[0],
		wday: date[6] || 7, yday: day + 1, isdst: dst
	});
}

function moment(seconds) {
	return new Date(seconds == null ? Date.now() : Number(toInteger(seconds)) * 1000);
}

export function gmtime(seconds) {
	const d = moment(seconds);

	return broken([ d.getUTCFullYear(), d.getUTCMonth(), d.getUTCDate(), d.getUTCHours(), d.getUTCMinutes(), d.getUTCSeconds(), d.getUTCDay() ], 0);
}

export function localtime(seconds) {
	const d = moment(seconds);
	const standard = Math.max(new Date(d.getFullYear(), 0, 1).getTimezoneOffset(), new Date(d.getFullYear(), 6, 1).getTimezoneOffset());

	return broken([ d.getFullYear(), d.getMonth(), d.getDate(), d.getHours(), d.getMinutes(), d.getSeconds(), d.getDay() ],
		d.getTimezoneOffset() < standard ? 1 : 0);
}

function fields(v) {
	if (!isObject(v) || [ 'mday', 'mon', 'year' ].some((name) => own(v, name) === undefined))
		return null;

	const number = (name) => Number(toInteger(own(v, name) ?? null));
	const year = number('year');

	return [ year >= 1900 ? year : year + 1900, Math.max(0, number('mon') - 1), number('mday'), number('hour'), number('min'), number('sec') ];
}

export function timegm(v) {
	const f = fields(v);

	return f && Math.floor(Date.UTC(...f) / 1000);
}

export function timelocal(v) {
	const f = fields(v);

	return f && Math.floor(new Date(...f).getTime() / 1000);
}
