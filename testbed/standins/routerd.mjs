// SPDX-License-Identifier: Apache-2.0
/** ubusd, netifd and procd's objects, and the programs behind the thin clients. */
import { ubusCommand } from './cli/ubus.mjs';
import { uciCommand } from './cli/uci.mjs';
import { startTools } from './cli/server.mjs';
import { fw4 } from './fw4/main.mjs';
import { Bus } from './lib/bus.mjs';
import { pick } from './lib/blob.mjs';
import { SOCKETS } from './lib/paths.mjs';
import { STATUS } from './lib/status.mjs';
import { startUbusd } from './lib/ubusd.mjs';
import { providers } from './netifd/providers.mjs';

await startUbusd(SOCKETS.ubus);

const bus = await Bus.open(SOCKETS.ubus);

for (const [path, methods] of Object.entries(providers))
	await bus.add(path, Object.fromEntries(Object.entries(methods).map(([name, { args, call }]) => [name, {
		args,
		call: message => {
			const data = call(pick(args, message));

			return data ? { status: STATUS.OK, data } : { status: STATUS.NOT_FOUND };
		},
	}])));

await startTools(SOCKETS.tools, {
	fw4: ({ environment }) => fw4(environment),
	ubus: ubusCommand(bus),
	uci: uciCommand,
});
