// SPDX-License-Identifier: Apache-2.0
/** A thread that starts processes and reaps them, for scripts that never let their own thread do so. */
import { spawn } from 'node:child_process';
import os from 'node:os';
import { parentPort } from 'node:worker_threads';

parentPort.on('message', ({ command, stdio, shared }) => {
	const child = spawn('/bin/sh', [ '-c', command ], { stdio });

	const tell = (state, status) => {
		shared[1] = status;
		Atomics.store(shared, 0, state);
		Atomics.notify(shared, 0);
	};

	child.on('error', () => tell(2, 127));
	child.on('exit', (code, signal) => tell(2, code ?? -os.constants.signals[signal]));

	if (child.pid !== undefined)
		tell(1, 0);
});
