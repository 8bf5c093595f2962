// SPDX-License-Identifier: Apache-2.0
/** rpcd's `uci apply`: commits a session's changes, and takes them back unless they are confirmed. */
import { copyFileSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { at } from '../lib/paths.mjs';
import { STATUS } from '../lib/status.mjs';
import { CONFIG, DeltaCursor } from '../lib/uci.mjs';

const FILES = at('/var/run/rpcd/snapshot-files');
const DELTAS = at('/var/run/rpcd/snapshot-delta');
const NOTHING = at('/var/run/rpcd/no-deltas');
/** s */
const TIMEOUT = 60;

/** @param {string} session id @returns {string} where its uncommitted changes live */
export function savedir(session) {
	return at(`/var/run/rpcd/uci-${session}`);
}

function fileNames(directory) {
	try { return readdirSync(directory).filter(name => !name.startsWith('.')).sort(); }
	catch { return []; }
}

/** @param {string} directory */
export function purge(directory) {
	rmSync(directory, { recursive: true, force: true });
}

export class Apply {
	/**
	 * @param {import('./session.mjs').Sessions} sessions
	 * @param {(config: string) => void} changed tells procd that a package was committed
	 */
	constructor(sessions, changed) {
		this.sessions = sessions;
		this.changed = changed;
		/** @type {string|null} session whose apply waits for its confirmation */
		this.session = null;
		/** @type {NodeJS.Timeout|undefined} */
		this.timer = undefined;
	}

	commit(config, directory) {
		const cursor = new DeltaCursor(CONFIG, [directory]);

		try {
			cursor.load(config);
			cursor.commit(config);
		}
		catch { /* rpcd does not look either */ }

		this.changed(config);
	}

	/** ubus status: whether the session may apply all it has staged. */
	access(session, directory) {
		const staged = fileNames(directory).filter(name => statSync(join(directory, name)).size > 0);

		if (!staged.length)
			return STATUS.NO_DATA;

		return staged.every(name => this.sessions.access(session, 'uci', name, 'write')) ? STATUS.OK : STATUS.PERMISSION_DENIED;
	}

	apply({ rollback = false, timeout = TIMEOUT, ubus_rpc_session: session }) {
		if (this.session && rollback)
			return STATUS.PERMISSION_DENIED;

		if (session === undefined)
			return STATUS.INVALID_ARGUMENT;

		purge(FILES);
		purge(DELTAS);

		if (this.session)
			return STATUS.OK;

		const directory = savedir(session);
		const status = this.access(session, directory);

		if (status)
			return status;

		mkdirSync(FILES, { recursive: true, mode: 0o700 });
		mkdirSync(DELTAS, { recursive: true, mode: 0o700 });

		if (rollback)
			this.session = session;

		for (const config of fileNames(directory).filter(name => statSync(join(directory, name)).size > 0)) {
			copyFileSync(join(CONFIG, config), join(FILES, config));
			copyFileSync(join(directory, config), join(DELTAS, config));
			this.commit(config, directory);
		}

		if (rollback)
			this.timer = setTimeout(() => this.undo(), timeout * 1000);

		return STATUS.OK;
	}

	/** Puts the old files back; the initiator gets its changes back too, while its session lives. */
	undo() {
		const session = this.session ?? '';
		const directory = savedir(session);
		const alive = this.access(session, DELTAS) === STATUS.OK;

		for (const config of fileNames(FILES)) {
			copyFileSync(join(FILES, config), join(CONFIG, config));
			this.commit(config, NOTHING);

			if (alive) {
				mkdirSync(directory, { recursive: true, mode: 0o700 });
				copyFileSync(join(DELTAS, config), join(directory, config));
			}
		}

		this.end();
	}

	end() {
		purge(FILES);
		purge(DELTAS);
		clearTimeout(this.timer);
		this.session = null;
	}

	/** @param {{ ubus_rpc_session?: string }} args @param {() => void} action */
	answer({ ubus_rpc_session: session }, action) {
		if (session === undefined)
			return STATUS.INVALID_ARGUMENT;

		if (!this.session)
			return STATUS.NO_DATA;

		if (this.session !== session)
			return STATUS.PERMISSION_DENIED;

		action();
		return STATUS.OK;
	}
}
