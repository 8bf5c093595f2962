// SPDX-License-Identifier: Apache-2.0
/**
 * libuci: packages of /etc/config with uncommitted changes in /tmp/.uci.
 *
 * Strings are bytes (one character each); see toBytes() and fromBytes() of
 * values.mjs. Failures throw UciError, whose message is libuci's word. Left
 * out: file locks, which Node does not have, and conf2dir.
 */
import fs from 'node:fs';
import path from 'node:path';
import { formatDelta, parseAddress, parseDeltas } from './uci-delta.mjs';
import { TYPE, UciError, format, parse } from './uci-format.mjs';

export { UciError, format, parse, parseAddress };

const CONFIG = '/etc/config';
const DELTAS = '/tmp/.uci';

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

function readText(file) {
	try {
		return fs.statSync(file).isFile() ? fs.readFileSync(file, 'latin1') : null;
	}
	catch {
		return null;
	}
}

/** Writes as libuci does: what does not fit on the disk is lost without a word. */
function writeQuietly(fd, text) {
	const buffer = Buffer.from(text, 'latin1');

	try {
		for (let done = 0; done < buffer.length;)
			done += fs.writeSync(fd, buffer, done);

		fs.fsyncSync(fd);
	}
	catch {
		// ENOSPC, EDQUOT, EIO
	}
}

export class Cursor {
	/** @param {string} [config] directory of the packages @param {string} [deltas] directory for uncommitted changes, read beside /tmp/.uci */
	constructor(config = CONFIG, deltas = DELTAS) {
		this.config = config;
		this.deltas = deltas;
		/** @type {Map<string, Package>} */
		this.packages = new Map();
	}

	/** Every directory whose deltas count; changes are saved to the last. */
	get deltaPath() {
		return this.deltas === DELTAS ? [ DELTAS ] : [ DELTAS, this.deltas ];
	}

	/**
	 * Loads a package by name, with uncommitted changes; or, given an absolute
	 * path, that file alone: its changes are then written straight into it.
	 * @returns {Package}
	 */
	load(name) {
		this.packages.delete(name);

		const direct = name[0] === '/' || name.startsWith('./');

		if (!direct && !TYPE.test(name))
			throw new UciError(name[0] === '.' ? 'Entry not found' : 'Invalid argument');

		const base = direct ? name.slice(name.lastIndexOf('/') + 1) : name;

		if (!TYPE.test(base))
			throw new UciError('Invalid argument');

		return this.loadFile(base, direct ? name : `${this.config}/${name}`, !direct);
	}

	loadFile(name, file, hasDelta) {
		const text = readText(file);

		if (text === null)
			throw new UciError('Entry not found');
		if (this.packages.has(name))
			throw new UciError('Duplicate entry');

		const found = new Package(name, file, hasDelta);

		found.read(text);
		this.applyDeltas(found);
		this.packages.set(name, found);

		return found;
	}

	/** Applies the delta files; returns how many changes fitted. */
	applyDeltas(target) {
		let applied = 0;

		if (!target.hasDelta)
			return applied;

		for (const directory of this.deltaPath) {
			for (const change of parseDeltas(readText(`${directory}/${target.name}`) ?? '', target.name)) {
				target.saved.push(change);

				try {
					target.apply(change);
					applied++;
				}
				catch (e) {
					if (!(e instanceof UciError))
						throw e;
				}
			}
		}

		return applied;
	}

	unload(name) {
		return this.packages.delete(name);
	}

	/** The package, loaded if it is not. */
	package(name) {
		return this.packages.get(name) ?? this.load(name);
	}

	/** Appends the unsaved changes to the delta file; a package loaded by path is committed instead. */
	save(name) {
		const target = this.packages.get(name);

		if (!target)
			throw new UciError('Entry not found');
		if (!target.hasDelta)
			return this.commit(name);
		if (!target.delta.length)
			return;

		this.makeDeltaDirectory();

		const fd = this.openForWriting(`${this.deltas}/${target.name}`, 'a');

		writeQuietly(fd, target.delta.map((change) => formatDelta(target.name, change)).join(''));
		fs.closeSync(fd);
		target.delta = [];
	}

	makeDeltaDirectory() {
		try {
			fs.mkdirSync(this.deltas, { mode: fs.statSync(this.config, { throwIfNoEntry: false })?.mode & 0o7777 || 0o700 });
		}
		catch {
			// it exists, or opening the file will say
		}
	}

	/** A new file gets the mode of the package's. */
	openForWriting(file, flags) {
		const mode = fs.statSync(`${this.config}/${path.basename(file)}`, { throwIfNoEntry: false })?.mode ?? 0o600;

		try {
			return fs.openSync(file, flags, mode & 0o7777);
		}
		catch {
			throw new UciError('I/O error');
		}
	}

	/** Writes the package with every uncommitted change, its own and others' (unless loaded by path), to its file. */
	commit(name) {
		let target = this.packages.get(name);

		if (!target)
			throw new UciError('Entry not found');

		// the file is opened for writing before anything else happens
		fs.closeSync(this.openForWriting(target.file, 'a+'));

		if (target.hasDelta) {
			this.save(name);
			this.packages.delete(name);
			target = this.loadPlain(target);

			const applied = this.applyDeltas(target);

			this.packages.set(name, target);

			if (!applied)
				return;

			this.emptyDeltas(name);
		}

		this.replaceFile(target);
	}

	emptyDeltas(name) {
		const file = `${this.deltas}/${name}`;

		if (readText(file) === null)
			return;

		const fd = this.openForWriting(file, 'r+');

		fs.ftruncateSync(fd);
		fs.closeSync(fd);
	}

	loadPlain({ name, file, hasDelta }) {
		const found = new Package(name, file, hasDelta);

		found.read(readText(file) ?? '');

		return found;
	}

	replaceFile(target) {
		const beside = `${this.config}/.${target.name}.uci-${Math.random().toString(36).slice(2, 8).padEnd(6, 'x')}`;
		let fd;

		try {
			fd = fs.openSync(beside, 'wx', 0o600);
		}
		catch {
			throw new UciError('I/O error');
		}

		writeQuietly(fd, format(target.sections));
		fs.closeSync(fd);

		try {
			const real = fs.realpathSync(target.file);

			fs.chmodSync(beside, fs.statSync(real).mode & 0o7777);
			fs.renameSync(beside, real);
		}
		catch {
			fs.rmSync(beside, { force: true });

			throw new UciError('I/O error');
		}
	}

	/**
	 * Drops uncommitted changes: all of the package's, a section's or an option's.
	 * @param {string} name @param {string | null} [section] @param {string | null} [option]
	 */
	revert(name, section = null, option = null) {
		const target = this.package(name);

		if (!target.hasDelta)
			throw new UciError('Invalid argument');

		// addresses may be @type[index]: changes are recorded under the section's name
		const real = section === null ? null : target.find(section)?.name ?? section;

		this.save(name);
		this.packages.delete(name);

		const file = `${this.deltas}/${name}`;
		const text = readText(file);

		if (text !== null) {
			const kept = parseDeltas(text, name).filter((change) =>
				(real !== null && change.section !== real) || (option !== null && change.option !== option));
			const fd = this.openForWriting(file, 'r+');

			fs.ftruncateSync(fd);
			writeQuietly(fd, kept.map((change) => formatDelta(name, change)).join(''));
			fs.closeSync(fd);
		}

		this.load(name);
	}

	/** Names of the packages in the configuration directory. */
	configs() {
		try {
			return fs.readdirSync(this.config, { withFileTypes: true })
				.filter((entry) => !entry.isDirectory() && !entry.name.includes('.') && TYPE.test(entry.name))
				.map((entry) => entry.name).sort();
		}
		catch {
			return [];
		}
	}

	/** Uncommitted changes of a package: those saved, then those not. @returns {import('./uci-delta.mjs').Change[]} */
	changes(name) {
		const target = this.package(name);

		return [ ...target.saved, ...target.delta ];
	}
}
