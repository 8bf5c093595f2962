// SPDX-License-Identifier: Apache-2.0
/** A package of libuci in memory: its sections, and how each change is made and recorded (libuci's list.c). */
import { TYPE, UciError, parse } from './uci-format.mjs';

/** djbhash() of list.c, over the type alone: a section gets its name before its options. */
function hash(text) {
	let value = 5381;

	for (let i = 0; i < text.length; i++)
		value = (value * 33 + (text.charCodeAt(i) << 24 >> 24)) >>> 0;

	return value & 0x7fffffff;
}

const hex = (number, digits) => number.toString(16).padStart(digits, '0');

export class Section {
	constructor(type, name, anonymous) {
		this.type = type;
		this.name = name;
		this.anonymous = anonymous;
		/** @type {Map<string, string | string[]>} */
		this.options = new Map();
	}
}

export class Package {
	/** @param {string} name @param {string} file @param {boolean} hasDelta whether changes go to the delta directory */
	constructor(name, file, hasDelta) {
		this.name = name;
		this.file = file;
		this.hasDelta = hasDelta;
		/** @type {Section[]} */
		this.sections = [];
		/** Sections ever made: part of anonymous names. */
		this.made = 0;
		/** @type {import('./uci-delta.mjs').Change[]} made here and not saved */
		this.delta = [];
		/** @type {import('./uci-delta.mjs').Change[]} found in delta files */
		this.saved = [];
	}

	/** @param {string} name a name, or @type[index], @[index] */
	find(name) {
		if (name[0] !== '@')
			return this.sections.find((section) => section.name === name) ?? null;

		const m = /^@([^[]*)\[([+-]?[0-9]+)\]$/.exec(name);

		if (!m || (m[1] !== '' && !TYPE.test(m[1])))
			throw new UciError('Invalid argument');

		return this.sections.filter((section) => m[1] === '' || section.type === m[1]).at(Number(m[2])) ?? null;
	}

	append(type, name) {
		this.made++;

		const section = new Section(type, name || `cfg${hex(this.made, 2)}${hex(hash(type) & 0xffff, 4)}`, !name);

		this.sections.push(section);

		return section;
	}

	record(change) {
		if (this.hasDelta)
			this.delta.push(change);
	}

	/** uci_set: an option's value, or a section's type. `value` '' deletes. */
	set(sectionName, option, value, record = true) {
		const section = this.find(sectionName);

		if (option === null && value !== '' && !TYPE.test(value))
			throw new UciError('Invalid argument');
		if (!section && option !== null)
			throw new UciError('Invalid argument');

		if (value === '') {
			if (section && (option === null || section.options.has(option)))
				this.delete(sectionName, option, record);

			return;
		}

		if (option !== null) {
			if (section.options.get(option) === value)
				return;

			section.options.set(option, value);
		}
		else if (!section) {
			this.append(value, sectionName);
		}
		else {
			if (section.type === value)
				return;

			// libuci makes a new, named section unless the type fits into the old one's memory
			if (section.type.length !== value.length)
				section.anonymous = false;

			section.type = value;
		}

		if (record)
			this.record({ operation: 'set', section: section?.name ?? sectionName, option, value });
	}

	addSection(type) {
		const section = this.append(type, '');

		this.record({ operation: 'add', section: section.name, option: null, value: type });

		return section;
	}

	/** uci_add_list */
	addToList(sectionName, option, value, record = true) {
		const section = this.find(sectionName);

		if (!section)
			throw new UciError('Invalid argument');

		const old = section.options.get(option) ?? [];

		section.options.set(option, [ ...(Array.isArray(old) ? old : [ old ]), value ]);

		if (record)
			this.record({ operation: 'list-add', section: section.name, option, value });
	}

	/** uci_del_list */
	deleteFromList(sectionName, option, value, record = true) {
		const section = this.find(sectionName);

		if (!section)
			throw new UciError('Invalid argument');

		const list = section.options.get(option);

		if (!Array.isArray(list))
			return;

		section.options.set(option, list.filter((item) => item !== value));

		if (record)
			this.record({ operation: 'list-del', section: section.name, option, value });
	}

	/** uci_delete of a section (option null) or an option. */
	delete(sectionName, option, record = true) {
		const section = this.find(sectionName);

		if (!section || (option !== null && !section.options.has(option)))
			throw new UciError('Entry not found');

		if (option === null)
			this.sections.splice(this.sections.indexOf(section), 1);
		else
			section.options.delete(option);

		if (record)
			this.record({ operation: 'remove', section: section.name, option, value: null });
	}

	rename(sectionName, option, name, record = true) {
		const section = this.find(sectionName);

		if (!section || (option !== null && !section.options.has(option)))
			throw new UciError('Entry not found');

		if (record)
			this.record({ operation: 'rename', section: section.name, option, value: name });

		if (option === null) {
			section.name = name;
			section.anonymous = false;
		}
		else {
			section.options = new Map([ ...section.options ].map(([ key, value ]) => [ key === option ? name : key, value ]));
		}
	}

	reorder(sectionName, position, record = true) {
		const section = this.find(sectionName);

		if (!section)
			throw new UciError('Entry not found');

		const from = this.sections.indexOf(section);

		this.sections.splice(from, 1);
		this.sections.splice(position, 0, section);

		if (record && this.sections.indexOf(section) !== from)
			this.record({ operation: 'order', section: section.name, option: null, value: String(position) });
	}

	/** Applies one change of a delta file. Throws where it does not fit. */
	apply({ operation, section, option, value }) {
		switch (operation) {
		case 'order': return this.reorder(section, parseInt(value, 10) || 0, false);
		case 'rename': return this.rename(section, option, value, false);
		case 'remove': return this.delete(section, option, false);
		case 'list-add': return this.addToList(section, option, value, false);
		case 'list-del': return this.deleteFromList(section, option, value, false);
		}

		this.set(section, option, value, false);

		if (operation === 'add' && option === null) {
			const added = this.find(section);

			if (added)
				added.anonymous = true;
		}
	}

	/** Reads text into the package, as `uci import` and loading do. */
	read(text) {
		let current = null;

		parse(text, {
			section: (type, name) => {
				if (name)
					this.set(name, null, type, false);

				current = name ? this.find(name) : this.append(type, '');
			},
			option: (name, value, isList) => {
				if (isList)
					current.options.set(name, [ ...[ current.options.get(name) ?? [] ].flat(), value ]);
				else if (value !== '')
					current.options.set(name, value);
			}
		});
	}
}
