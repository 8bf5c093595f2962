// SPDX-License-Identifier: Apache-2.0
'use strict';

/** What a method of the ubus object answers instead of its result: the contract's `Refusal`. */
export function refusal(code, message, detail) {
	return { error: { code, message, detail: detail ?? {} } };
};
