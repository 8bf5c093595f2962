// SPDX-License-Identifier: Apache-2.0
/** ucode's module `uci` (lib/uci.c) on uci.mjs. Failures give null and leave the reason to error(). */
import { str } from './text.mjs';
import { Cursor, UciError } from './uci.mjs';
import { Double, Obj, Resource, UcodeError, isInteger, mark, refuse } from './values.mjs';

const invalid = () => {
	throw new UciError('Invalid argument');
};

function need(...values) {
	if (values.some((v) => typeof v !== 'string'))
		invalid();
}

function optional(...values) {
	need(...values.filter((v) => v != null));
}

function sectionObject(section, index = -1) {
	const object = new Obj();

	object['.anonymous'] = section.anonymous;
	object['.type'] = section.type;
	object['.name'] = section.name;

	if (index >= 0)
		object['.index'] = index;

	for (const [ name, value ] of section.options)
		object[mark(name)] = Array.isArray(value) ? [ ...value ] : value;

	return object;
}

function changeArray({ operation, section, option, value }) {
	const array = [ operation, section ];

	if (option !== null)
		array.push(option);
	if (value !== null)
		array.push(operation === 'order' ? parseInt(value, 10) || 0 : value);

	return array;
}

/** uval_to_uci() of one value: text, null for null. */
function valueText(v) {
	if (typeof v === 'boolean')
		return v ? '1' : '0';
	if (v == null)
		return null;
	if (typeof v === 'string' || isInteger(v) || v instanceof Double)
		return str(v);

	return invalid();
}

/** uci_set() asserts a value. */
function setValue(found, section, option, value) {
	if (value === null)
		invalid();

	found.set(section, option, value);
}

function setList(found, section, option, list) {
	if (!list.length || Array.isArray(list[0]))
		invalid();

	if (list.length === 1) {
		if (found.find(section).options.has(option))
			found.delete(section, option);
	}
	else {
		setValue(found, section, option, valueText(list[0]));
	}

	for (const item of list.length === 1 ? list : list.slice(1)) {
		const value = valueText(Array.isArray(item) ? invalid() : item);

		if (value === null)
			invalid();

		found.addToList(section, option, value);
	}
}

/** @param {import('./vm.mjs').Vm} _vm */
export function uciModule(_vm) {
	let last = null;

	const error = () => {
		const words = last;

		last = null;

		return words;
	};

	const guarded = (f) => function (...args) {
		try {
			const value = f.apply(this, args);

			last = null;

			return value;
		}
		catch (e) {
			if (!(e instanceof UciError))
				throw e;

			last = e.message;

			return null;
		}
	};

	/** The packages save(), commit() and revert() mean. */
	const each = (cursor, name, act) => {
		if (name != null) {
			need(name);

			if (!cursor.packages.has(name))
				throw new UciError('Entry not found');

			act(name);

			return true;
		}

		const configs = cursor.configs();
		let failed = null;

		if (!configs.length)
			throw new UciError('Entry not found');

		for (const config of configs.filter((config) => cursor.packages.has(config))) {
			try {
				act(config);
			}
			catch (e) {
				if (!(e instanceof UciError))
					throw e;

				failed = e;
			}
		}

		if (failed)
			throw failed;

		return true;
	};

	const functions = {
		load(name) {
			need(name);
			this.cursor.load(name);

			return true;
		},
		unload(name) {
			need(name);

			return this.cursor.unload(name);
		},
		get(name, section, option) {
			need(name, section);
			optional(option);

			const found = this.cursor.package(name).find(section);

			if (!found || (option != null && !found.options.has(option)))
				throw new UciError('Entry not found');

			const value = option == null ? found.type : found.options.get(option);

			return Array.isArray(value) ? [ ...value ] : value;
		},
		get_all(name, section, option) {
			need(name);
			optional(section);

			if (option != null)
				invalid();

			const { sections } = this.cursor.package(name);

			if (section != null) {
				const found = this.cursor.package(name).find(section);

				return found ? sectionObject(found) : (() => { throw new UciError('Entry not found'); })();
			}

			const all = new Obj();

			sections.forEach((s, i) => { all[mark(s.name)] = sectionObject(s, i); });

			return all;
		},
		get_first(name, type, option) {
			need(name, type);
			optional(option);

			const section = this.cursor.package(name).sections.find((s) => s.type === type);

			if (!section || (option != null && !section.options.has(option)))
				throw new UciError('Entry not found');

			const value = option == null ? section.name : section.options.get(option);

			return Array.isArray(value) ? [ ...value ] : value;
		},
		set(name, section, option, value) {
			need(name, section, option);

			if (arguments.length !== 3 && arguments.length !== 4)
				invalid();

			const found = this.cursor.package(name);

			if (arguments.length === 3) {
				// the name of no section is not made one by an address like @type[0]
				if (section[0] === '@' && !found.find(section))
					invalid();

				found.set(section, null, option);

				return true;
			}

			if (!found.find(section))
				throw new UciError('Entry not found');

			if (Array.isArray(value))
				setList(found, section, option, value);
			else
				setValue(found, section, option, valueText(value));

			return true;
		},
		add(name, type) {
			need(name, type);

			const found = this.cursor.packages.get(name);

			if (!found)
				throw new UciError('Entry not found');

			return found.addSection(type).name;
		},
		delete(name, section, option) {
			need(name, section);
			optional(option);
			this.cursor.package(name).delete(section, option ?? null);

			return true;
		},
		rename(name, section, option, value) {
			need(name, section, option);

			if (arguments.length === 4)
				need(value);

			this.cursor.package(name).rename(section, arguments.length === 4 ? option : null, arguments.length === 4 ? value : option);

			return true;
		},
		reorder(name, section, position) {
			need(name, section);

			if (!isInteger(position) || position < 0)
				invalid();

			this.cursor.package(name).reorder(section, Number(position));

			return true;
		},
		save(name) {
			return each(this.cursor, name, (config) => this.cursor.save(config));
		},
		commit(name) {
			return each(this.cursor, name, (config) => this.cursor.commit(config));
		},
		revert(name) {
			return each(this.cursor, name, (config) => this.cursor.revert(config));
		},
		changes(name) {
			optional(name);

			const result = new Obj();

			for (const config of this.cursor.configs()) {
				if (name != null && config !== name)
					continue;

				const loaded = this.cursor.packages.has(config);
				let changes = [];

				try {
					changes = this.cursor.changes(config);
				}
				catch (e) {
					if (!(e instanceof UciError))
						throw e;
				}

				if (changes.length)
					result[mark(config)] = changes.map(changeArray);
				if (!loaded && name == null)
					this.cursor.unload(config);
			}

			return result;
		},
		configs() {
			return this.cursor.configs();
		}
	};

	const methods = {
		__proto__: null, error,
		...Object.fromEntries(Object.entries(functions).map(([ name, f ]) => [ name, guarded(f) ])),

		list_append: () => refuse('uci.list_append(): ucode 24.10 has none'),
		list_remove: () => refuse('uci.list_remove(): ucode 24.10 has none'),

		// outside guarded(): what the callback throws is not uci's failure
		foreach(name, type, callback) {
			let sections;

			last = null;

			try {
				need(name);
				optional(type);
				sections = [ ...this.cursor.package(name).sections ];
			}
			catch (e) {
				if (!(e instanceof UciError))
					throw e;

				last = e.message;

				return null;
			}

			let called = false;

			for (const [ i, section ] of sections.entries()) {
				if (type != null && section.type !== type)
					continue;

				if (typeof callback !== 'function')
					throw new UcodeError('Type error', 'left-hand side is not a function');

				const answer = callback(sectionObject(section, i));

				called = true;

				if (answer === false)
					break;
			}

			return called;
		}
	};

	return {
		error,
		cursor: guarded((config, deltas, conf2, flags) => {
			optional(config, deltas, conf2);

			if (conf2 != null || flags != null)
				refuse('uci.cursor() with more than two arguments: ucode 23.05 does not know them');

			return Object.assign(new Resource('uci.cursor'), { methods, cursor: new Cursor(config ?? undefined, deltas ?? undefined) });
		})
	};
}
