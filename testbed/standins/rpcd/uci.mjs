// SPDX-License-Identifier: Apache-2.0
import { readdirSync } from 'node:fs';
import { UciError } from '../../ucode/uci.mjs';
import { toBytes } from '../../ucode/values.mjs';
import { pick, typeOf } from '../lib/blob.mjs';
import { at } from '../lib/paths.mjs';
import { STATUS } from '../lib/status.mjs';
import { CONFIG, DELTAS, DeltaCursor, sectionTable } from '../lib/uci.mjs';
import { Apply, purge, savedir } from './uci-apply.mjs';

const SESSION = { ubus_rpc_session: 'String' };
const TARGET = { config: 'String', section: 'String', option: 'String', type: 'String', match: 'Table', ...SESSION };

/** A scalar as uci's text (bytes); null for anything else. */
function scalar(value) {
	switch (typeOf(value)) {
	case 'String': return toBytes(value);
	case 'Boolean': return value ? '1' : '0';
	case 'Integer':
	case 'Integer64': return `${value}`;
	default: return null;
	}
}

function failure(error) {
	if (!(error instanceof UciError))
		throw error;

	return { 'Invalid argument': STATUS.INVALID_ARGUMENT, 'Entry not found': STATUS.NOT_FOUND }[error.message] ?? STATUS.UNKNOWN_ERROR;
}

/** Whether a section has a type and, in its options, every wanted value. */
function matches(section, type, wanted = {}) {
	const values = Object.entries(wanted).map(([name, value]) => [name, scalar(value)]).filter(([, value]) => value !== null);

	if (type !== undefined && section.type !== toBytes(type))
		return false;

	return values.every(([name, value]) => {
		const has = section.options.get(name) ?? [];

		return (Array.isArray(has) ? has : has.split(/[ \t]+/)).includes(value);
	});
}

/** The sections an argument set addresses. */
function addressed(target, { section, type, match }) {
	if (section !== undefined) {
		const found = target.find(toBytes(section));

		return found ? [found] : [];
	}

	return target.sections.filter(candidate => matches(candidate, type, match));
}

function setOptions(target, section, values) {
	for (const [name, value] of Object.entries(values)) {
		if (!/^\w+$/.test(name))
			throw new UciError('Invalid argument');

		const old = section.options.get(name);

		if (Array.isArray(value)) {
			if (old !== undefined)
				target.delete(section.name, name);

			const items = value.map(scalar).filter(item => item !== null);

			if (!items.length)
				throw new UciError('Invalid argument');

			for (const item of items)
				target.addToList(section.name, name, item);

			continue;
		}

		const text = scalar(value);

		if (text === null)
			throw new UciError('Invalid argument');

		if (Array.isArray(old))
			target.delete(section.name, name);

		if (old !== text)
			target.set(section.name, name, text);
	}
}

/** rpcd's ubus object `uci`: changes wait in a directory of the session's own until they are applied. Without: state, reload_config. */
export class UciObject {
	/**
	 * @param {import('./session.mjs').Sessions} sessions
	 * @param {(config: string) => void} changed
	 */
	constructor(sessions, changed) {
		this.sessions = sessions;
		this.applying = new Apply(sessions, changed);
		this.changed = changed;
		sessions.applying = () => this.applying.session;
		sessions.onDestroy.push(session => purge(savedir(session.id)));
	}

	/** Drops what sessions of an earlier rpcd staged. */
	purge() {
		for (const name of readdirSync(at('/var/run/rpcd')).filter(file => file.startsWith('uci-')))
			purge(at(`/var/run/rpcd/${name}`));
	}

	/** A method on one package: checks access, loads, runs, saves when `write`. */
	method(args, access, handler) {
		return {
			args,
			call: message => {
				const given = pick(args, message);
				const { config, ubus_rpc_session: session } = given;

				if (config === undefined)
					return { status: STATUS.INVALID_ARGUMENT };

				if (session !== undefined && !this.sessions.access(session, 'uci', config, access))
					return { status: STATUS.PERMISSION_DENIED };

				try {
					const cursor = new DeltaCursor(CONFIG, [session === undefined ? DELTAS : savedir(session)]);
					const target = cursor.load(config);
					const data = handler(target, given, cursor);

					if (access === 'write' && target.delta.length)
						cursor.save(config);

					return { status: STATUS.OK, ...(data ? { data } : {}) };
				}
				catch (error) {
					return { status: failure(error) };
				}
			},
		};
	}

	get(target, { section, option, type, match }) {
		if (section === undefined)
			return { values: Object.fromEntries(target.sections
				.map((found, index) => [found, index])
				.filter(([found]) => matches(found, type, match))
				.map(([found, index]) => {
					const { '.anonymous': anonymous, '.type': kind, '.name': name, ...options } = sectionTable(found);

					return [name, { '.anonymous': anonymous, '.type': kind, '.name': name, '.index': index, ...options }];
				})) };

		const found = target.find(toBytes(section));

		if (!found)
			return null;

		const table = sectionTable(found);

		if (option === undefined)
			return { values: table };

		return Object.hasOwn(table, option) ? { value: table[option] } : null;
	}

	changes({ config, ubus_rpc_session: session }) {
		const directory = session === undefined ? DELTAS : savedir(session);
		const of = name => {
			const target = new DeltaCursor(CONFIG, [directory]).load(name);

			return target.saved.map(({ operation, section, option, value }) => [operation, section, option, operation === 'order' ? Number(value) : value]
				.filter(item => item !== null));
		};
		const readable = name => session === undefined || this.sessions.access(session, 'uci', name, 'read');

		if (config !== undefined) {
			if (!readable(config))
				return { status: STATUS.PERMISSION_DENIED };

			try { return { status: STATUS.OK, data: { changes: of(config) } }; }
			catch (error) { return { status: failure(error) }; }
		}

		const all = {};

		for (const name of new DeltaCursor(CONFIG, [directory]).configs().filter(readable)) {
			try {
				const list = of(name);

				if (list.length)
					all[name] = list;
			}
			catch (error) { failure(error); }
		}

		return { status: STATUS.OK, data: { changes: all } };
	}

	/** @returns {Record<string, import('../lib/bus.mjs').Method>} */
	methods() {
		const status = (args, handler) => ({ args, call: message => ({ status: handler(pick(args, message)) }) });
		const found = sections => {
			if (!sections.length)
				throw new UciError('Entry not found');

			return sections;
		};
		const guarded = method => ({
			...method,
			call: message => this.applying.session ? { status: STATUS.PERMISSION_DENIED } : method.call(message),
		});

		return {
			configs: { args: {}, call: () => ({ status: STATUS.OK, data: { configs: new DeltaCursor(CONFIG, [DELTAS]).configs() } }) },
			get: this.method(TARGET, 'read', (target, given) => this.get(target, given)),
			add: this.method({ config: 'String', type: 'String', name: 'String', values: 'Table', ...SESSION }, 'write', (target, { type, name, values }) => {
				if (!/^[\w-]+$/.test(type ?? '') || !/^\w+$/.test(name ?? 'x'))
					throw new UciError('Invalid argument');

				if (name !== undefined)
					target.set(name, null, toBytes(type));

				const section = name === undefined ? target.addSection(toBytes(type)) : target.find(name);

				setOptions(target, section, values ?? {});
				return { section: section.name };
			}),
			set: this.method({ config: 'String', section: 'String', type: 'String', match: 'Table', values: 'Table', ...SESSION }, 'write', (target, given) => {
				if (given.values === undefined || (given.section ?? given.type ?? given.match) === undefined)
					throw new UciError('Invalid argument');

				for (const section of found(addressed(target, given)))
					setOptions(target, section, given.values);
			}),
			'delete': this.method({ ...TARGET, options: 'Array' }, 'write', (target, given) => {
				if ((given.section ?? given.type ?? given.match) === undefined)
					throw new UciError('Invalid argument');

				for (const section of found(addressed(target, given))) {
					const names = given.options?.filter(name => typeof name === 'string') ?? (given.option === undefined ? null : [given.option]);

					if (names === null) {
						target.delete(section.name, null);
						continue;
					}

					for (const name of found(names.filter(option => section.options.has(option))))
						target.delete(section.name, name);
				}
			}),
			rename: this.method({ config: 'String', section: 'String', option: 'String', name: 'String', ...SESSION }, 'write', (target, { section, option, name }) => {
				if (section === undefined || !/^\w+$/.test(name ?? ''))
					throw new UciError('Invalid argument');

				target.rename(toBytes(section), option ?? null, name);
			}),
			order: this.method({ config: 'String', sections: 'Array', ...SESSION }, 'write', (target, { sections }) => {
				if (!sections?.every(name => typeof name === 'string'))
					throw new UciError('Invalid argument');

				sections.forEach((name, index) => target.reorder(toBytes(name), index));
			}),
			changes: { args: { config: 'String', ...SESSION }, call: message => this.changes(pick({ config: 'String', ...SESSION }, message)) },
			revert: guarded(this.method({ config: 'String', ...SESSION }, 'write', (target, { config }, cursor) => { cursor.revert(config); })),
			commit: guarded(this.method({ config: 'String', ...SESSION }, 'write', (target, { config }, cursor) => {
				cursor.commit(config);
				this.changed(config);
			})),
			apply: status({ rollback: 'Boolean', timeout: 'Integer', ...SESSION }, given => this.applying.apply(given)),
			confirm: status(SESSION, given => this.applying.answer(given, () => this.applying.end())),
			rollback: status(SESSION, given => this.applying.answer(given, () => this.applying.undo())),
		};
	}
}
