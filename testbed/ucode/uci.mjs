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
import { Package, Section } from './uci-package.mjs';

export { Package, Section, UciError, format, parse, parseAddress };

const CONFIG = '/etc/config';
const DELTAS = '/tmp/.uci';

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
