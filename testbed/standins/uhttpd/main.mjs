// SPDX-License-Identifier: Apache-2.0
import { at, SOCKETS } from '../lib/paths.mjs';
import { startUhttpd } from './server.mjs';

await startUhttpd({ socket: SOCKETS.ubus, roots: [at('/www')], port: Number(process.env.TESTBED_PORT ?? 80) });
