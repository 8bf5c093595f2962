// SPDX-License-Identifier: Apache-2.0
/** netifd's and procd's objects in the form of the ucode runner's TESTBED_UBUS_PROVIDERS. */
import { UbusStatus } from '../../ucode/embed.mjs';
import { STATUS } from '../lib/status.mjs';
import { providers } from './providers.mjs';

function answer(call, args) {
	const data = call(args ?? {});

	if (!data)
		throw new UbusStatus(STATUS.NOT_FOUND);

	return data;
}

export default Object.fromEntries(Object.entries(providers).map(([path, methods]) =>
	[path, Object.fromEntries(Object.entries(methods).map(([name, { call }]) => [name, args => answer(call, args)]))]));
