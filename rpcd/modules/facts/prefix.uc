// SPDX-License-Identifier: Apache-2.0
'use strict';

/** The bytes of an address with all but the first `mask` bits cleared, null when it is no address. */
export function prefix(address, mask) {
	let bytes = iptoarr(address ?? '');

	if (!bytes || type(mask) != 'int')
		return null;

	return map(bytes, (byte, i) => byte & (0xff00 >> min(max(mask - 8 * i, 0), 8)) & 0xff);
};
