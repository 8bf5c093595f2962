// SPDX-License-Identifier: Apache-2.0
'use strict';

/** Whether fw4 takes the value of an option for true; no value is false (fw4.uc, parse_bool()). */
export function bool(value) {
	return value in [ '1', 'on', 'true', 'yes' ];
};

/** Whether fw4 takes a section into account: `enabled` is true by default. */
export function enabled(section) {
	return section.enabled == null || bool(section.enabled);
};

/** The words of a uci option, be it a list or a string. */
export function words(value) {
	return type(value) == 'array' ? value : filter(split(value ?? '', /[ \t]+/), (w) => length(w));
};
