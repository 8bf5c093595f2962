// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, pick, serialize } from '../lib/blob.mjs';
import { fnmatch } from '../lib/fnmatch.mjs';
import { at } from '../lib/paths.mjs';
import { STATUS } from '../lib/status.mjs';
import { sections } from '../lib/uci.mjs';
import { grants } from './acl.mjs';
import { checkPassword } from './password.mjs';

const ANONYMOUS = '0'.repeat(32);
const DEFAULT_TIMEOUT = 300;
const FROZEN = at('/var/run/rpcd/sessions');

/** @returns {object|null} section `login` of /etc/config/rpcd; a null password restores a session */
function findLogin(username, password) {
	return sections('rpcd', 'login').find(login => login.username === username &&
		(password === null || (typeof login.password === 'string' && checkPassword(login.password, password)))) ?? null;
}

class Session {
	constructor(id, timeout) {
		this.id = id;
		this.timeout = timeout;
		/** @type {Map<string, any>} */
		this.data = new Map();
		/** @type {[string, string, string][]} */
		this.acls = [];
		this.expires = 0;
	}

	grant(scope, object, method) {
		if (!this.acls.some(acl => acl[0] === scope && acl[1] === object && acl[2] === method))
			this.acls.push([scope, object, method]);
	}

	allowed(scope, object, method) {
		return this.acls.some(acl => acl[0] === scope && fnmatch(acl[1], object) && fnmatch(acl[2], method));
	}

	aclTable() {
		const table = Object.create(null);

		for (const [scope, object, method] of [...this.acls].sort())
			((table[scope] ??= Object.create(null))[object] ??= []).push(method);

		return table;
	}

	dump(acls = true) {
		return {
			ubus_rpc_session: this.id,
			timeout: this.timeout,
			expires: BigInt(Math.max(0, Math.trunc((this.expires - performance.now()) / 1000))),
			...(acls ? { acls: this.aclTable() } : {}),
			data: Object.fromEntries([...this.data].sort(([a], [b]) => a < b ? -1 : 1)),
		};
	}
}

/** rpcd's sessions and their ubus object. */
export class Sessions {
	constructor() {
		/** @type {Map<string, Session>} */
		this.sessions = new Map();
		/** @type {((session: Session) => void)[]} */
		this.onDestroy = [];
		/** Session of a pending `uci apply`, which the same user's next login takes over. */
		this.applying = () => /** @type {string|null} */ (null);

		const anonymous = new Session(ANONYMOUS, 0);

		for (const grant of grants(null))
			anonymous.grant(...grant);

		this.sessions.set(ANONYMOUS, anonymous);
	}

	/** @returns {Session|null} the session, its timeout restarted */
	get(id) {
		const session = this.sessions.get(id);

		if (!session)
			return null;

		if (session.timeout > 0) {
			if (session.expires <= performance.now()) {
				this.destroy(session);
				return null;
			}

			session.expires = performance.now() + session.timeout * 1000;
		}

		return session;
	}

	create(timeout) {
		const session = new Session(randomBytes(16).toString('hex'), timeout);

		session.expires = performance.now() + timeout * 1000;
		this.sessions.set(session.id, session);
		return session;
	}

	destroy(session) {
		this.sessions.delete(session.id);

		for (const callback of this.onDestroy)
			callback(session);
	}

	/** Ends the sessions whose time is over. */
	expire() {
		for (const session of [...this.sessions.values()])
			if (session.timeout > 0 && session.expires <= performance.now())
				this.destroy(session);
	}

	access(id, scope, object, method) {
		return this.get(id)?.allowed(scope, object, method) ?? false;
	}

	login({ username, password, timeout }) {
		if (username === undefined || password === undefined)
			return { status: STATUS.INVALID_ARGUMENT };

		const login = findLogin(username, password);

		if (!login)
			return { status: STATUS.PERMISSION_DENIED };

		const pending = this.get(this.applying() ?? '');
		const session = pending?.data.get('username') === username ? pending : this.create(timeout ?? DEFAULT_TIMEOUT);

		for (const grant of grants(login))
			session.grant(...grant);

		session.data.set('username', username);
		return { status: STATUS.OK, data: session.dump() };
	}

	/** Keeps the sessions over a reload, as rpcd does on SIGHUP. */
	freeze() {
		mkdirSync(FROZEN, { recursive: true, mode: 0o700 });

		for (const session of this.sessions.values())
			if (session.id !== ANONYMOUS)
				writeFileSync(join(FROZEN, session.id), serialize(session.dump(false)), { mode: 0o600 });
	}

	/** Takes back what freeze() kept. */
	thaw() {
		mkdirSync(FROZEN, { recursive: true, mode: 0o700 });

		for (const id of readdirSync(FROZEN)) {
			const { timeout, expires, data } = parse(readFileSync(join(FROZEN, id), 'utf8'));
			const session = new Session(id, timeout);
			const login = findLogin(data.username, null);

			session.data = new Map(Object.entries(data));
			session.expires = performance.now() + Number(expires) * 1000;

			for (const grant of login ? grants(login) : [])
				session.grant(...grant);

			this.sessions.set(id, session);
			rmSync(join(FROZEN, id));
		}
	}

	/** @returns {Record<string, import('../lib/bus.mjs').Method>} */
	methods() {
		const id = { ubus_rpc_session: 'String' };
		const acl = { ...id, scope: 'String', objects: 'Array' };

		/** Declares a method that needs a session. */
		const method = (args, handler) => ({
			args,
			call: message => {
				const given = pick(args, message);

				if (given.ubus_rpc_session === undefined)
					return { status: STATUS.INVALID_ARGUMENT };

				const session = this.get(given.ubus_rpc_session);

				return session ? { status: STATUS.OK, ...handler(session, given) } : { status: STATUS.NOT_FOUND };
			},
		});

		const pairs = objects => (objects ?? []).filter(Array.isArray)
			.map(pair => pair.filter(item => typeof item === 'string'))
			.filter(pair => pair.length >= 2);

		return {
			create: {
				args: { timeout: 'Integer' },
				call: message => ({
					status: STATUS.OK,
					data: this.create(pick({ timeout: 'Integer' }, message).timeout ?? DEFAULT_TIMEOUT).dump(),
				}),
			},
			list: {
				args: id,
				call: message => {
					const { ubus_rpc_session } = pick(id, message);

					/* rpcd sends one message a session; uhttpd and LuCI see the last */
					const session = ubus_rpc_session === undefined ? [...this.sessions.values()].at(-1) : this.get(ubus_rpc_session);

					return session ? { status: STATUS.OK, data: session.dump() } : { status: STATUS.NOT_FOUND };
				},
			},
			grant: method(acl, (session, { scope = 'ubus', objects }) => {
				for (const [object, name] of pairs(objects))
					session.grant(scope, object, name);
			}),
			revoke: method(acl, (session, { scope = 'ubus', objects }) => {
				const revoked = pairs(objects);

				session.acls = session.acls.filter(entry => entry[0] !== scope || (objects &&
					!revoked.some(([object, name]) => entry[1] === object && entry[2] === name)));
			}),
			access: method({ ...id, scope: 'String', object: 'String', function: 'String' }, (session, given) => ({
				data: given.object === undefined || given.function === undefined
					? session.aclTable()
					: { access: session.allowed(given.scope ?? 'ubus', given.object, given.function) },
			})),
			set: method({ ...id, values: 'Table' }, (session, { values }) => {
				if (values === undefined)
					return { status: STATUS.INVALID_ARGUMENT };

				for (const [name, value] of Object.entries(values))
					session.data.set(name, value);
			}),
			get: method({ ...id, keys: 'Array' }, (session, { keys }) => ({
				data: {
					values: Object.fromEntries([...session.data].filter(([name]) => !keys || keys.includes(name))),
				},
			})),
			unset: method({ ...id, keys: 'Array' }, (session, { keys }) => {
				for (const name of keys ?? [...session.data.keys()])
					session.data.delete(name);
			}),
			destroy: method(id, session => {
				if (session.id === ANONYMOUS)
					return { status: STATUS.PERMISSION_DENIED };

				this.destroy(session);
			}),
			login: {
				args: { username: 'String', password: 'String', timeout: 'Integer' },
				call: message => this.login(pick({ username: 'String', password: 'String', timeout: 'Integer' }, message)),
			},
		};
	}
}
