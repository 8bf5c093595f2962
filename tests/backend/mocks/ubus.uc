// SPDX-License-Identifier: Apache-2.0
// ucode's ubus, over the replies of mock.uc; without any there is no bus
'use strict';

import { ubus } from 'mock';

export function connect() {
	if (!length(ubus))
		return null;

	return { call: (object, method) => ubus[object]?.[method], disconnect: () => true };
};
