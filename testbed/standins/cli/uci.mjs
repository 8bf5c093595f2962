// SPDX-License-Identifier: Apache-2.0
import { closeSync, openSync } from 'node:fs';
import { resolve } from 'node:path';
import { UciError, Words, quote } from '../../ucode/uci-format.mjs';
import { Package, format, parseAddress } from '../../ucode/uci.mjs';
import { fromBytes, toBytes } from '../../ucode/values.mjs';
import { DeltaCursor } from '../lib/uci.mjs';
import { USAGE, WRONG, parseOptions } from './uci-options.mjs';

/** libuci's errors by number */
const ERRORS = ['Success', 'Out of memory', 'Invalid argument', 'Entry not found', 'I/O error', 'Parse error', 'Duplicate entry'];
const OTHER_NAMES = { del: 'delete', ren: 'rename' };
const NOT_FOUND = () => new UciError('Entry not found');

/** One run of the program; text is bytes until it is printed. */
class Run {
	/** @param {import('./uci-options.mjs').Options} options @param {string} cwd */
	constructor(options, cwd) {
		Object.assign(this, options);
		this.cwd = cwd;
		this.stdout = '';
		this.stderr = '';
		this.batch = false;
	}

	/** Each command of a batch loads anew. */
	open() {
		this.cursor = new DeltaCursor(this.config, this.directories);
	}

	print(text) {
		this.stdout += text;
	}

	/** Loads what an address names. `section`, `value` are null where it has none, or names none that exists. */
	lookup(text) {
		const direct = /^[/.][^.]*/.exec(text)?.[0];
		const address = direct
			? { ...parseAddress(`x${text.slice(direct.length)}`), package: resolve(this.cwd, direct) }
			: parseAddress(text);
		const target = this.cursor.load(address.package);
		const section = address.section === null ? null : target.find(address.section);
		const value = section && address.option !== null ? section.options.get(address.option) ?? null : null;
		const complete = (address.section === null || section) && (address.option === null || value !== null);

		return { address, target, section, value, complete: !!complete };
	}

	shown(value) {
		return Array.isArray(value) ? value.map(quote).join(this.delimiter) : quote(value);
	}

	showOption(target, reference, name, value) {
		this.print(`${target.name}.${reference}.${name}=${this.shown(value)}\n`);
	}

	showSection(target, section, reference = section.name) {
		this.print(`${target.name}.${reference}=${section.type}\n`);

		for (const [name, value] of section.options)
			this.showOption(target, reference, name, value);
	}

	show({ address, target, section, value, complete }) {
		if (!complete)
			throw NOT_FOUND();

		if (address.option !== null)
			return this.showOption(target, section.name, address.option, value);

		if (section)
			return this.showSection(target, section);

		const counts = new Map();

		for (const each of target.sections) {
			const index = counts.get(each.type) ?? 0;

			counts.set(each.type, index + 1);
			this.showSection(target, each, this.extended && each.anonymous ? `@${each.type}[${index}]` : each.name);
		}
	}

	changes({ target }) {
		for (const { operation, section, option, value } of target.saved) {
			const sign = { 'list-add': '+=', 'list-del': '-=' }[operation] ?? '=';

			this.print(`${operation === 'remove' ? '-' : ''}${target.name}.${section}${option === null ? '' : `.${option}`}${operation === 'remove' ? '' : `${sign}${quote(value)}`}\n`);
		}
	}

	/** The name a loaded package has in the cursor: its base name when it came by path. */
	save({ target }) {
		this.cursor.save(target.name);
	}

	sectionCommand(command, text) {
		const found = this.lookup(text);
		const { address, target, section, value, complete } = found;

		if (address.value !== null && ['get', 'revert'].includes(command))
			return 1;

		const required = item => {
			if (item === null || item === undefined || item === '')
				throw new UciError('Invalid argument');

			return item;
		};

		switch (command) {
		case 'get':
			if (!complete)
				throw NOT_FOUND();

			if (address.option === null)
				this.print(`${section ? `${section.type}\n` : ''}`);
			else if (Array.isArray(value))
				this.print(`${value.map(item => /[ \t\r\n]/.test(item) ? quote(item) : item).join(this.delimiter)}\n`);
			else
				this.print(`${value}\n`);

			return 0;

		case 'revert':
			this.cursor.revert(target.name, address.section, address.option);
			return 0;

		case 'set':
			if (address.value === null)
				throw new UciError('Invalid argument');

			target.set(required(address.section), address.option, address.value);
			break;

		case 'add_list':
			target.addToList(required(address.section), required(address.option), required(address.value));
			break;

		case 'del_list':
			target.deleteFromList(required(address.section), required(address.option), required(address.value));
			break;

		case 'rename':
			target.rename(required(address.section), address.option, required(address.value));
			break;

		case 'reorder':
			if (!section || address.value === null)
				throw NOT_FOUND();

			target.reorder(section.name, parseInt(address.value, 10) || 0);
			break;

		case 'delete':
			this.deleteEntry(found);
		}

		this.save(found);
		return 0;
	}

	/** With `=<id>`, one element of a list goes, by its position. */
	deleteEntry({ address, target, section, value }) {
		if (address.value === null || !Array.isArray(value)) {
			target.delete(address.section ?? '', address.option);
			return;
		}

		const index = parseInt(address.value, 10);

		if (!(index in value))
			throw new UciError('Invalid argument');

		target.deleteFromList(section.name, address.option, value[index]);
	}

	packageCommand(command, name) {
		const found = this.lookup(name);

		switch (command) {
		case 'show': this.show(found); break;
		case 'changes': this.changes(found); break;
		case 'export': this.print(`package ${found.target.name}\n${format(found.target.sections)}`); break;
		case 'commit':
			if (!this.noCommit)
				this.cursor.commit(found.target.name);
		}

		return 0;
	}

	import(name) {
		if (name === undefined)
			throw new UciError('Invalid argument');

		const text = toBytes(this.input ?? '');

		if (this.merge) {
			const target = this.cursor.load(name);
			const imported = new Package(name, '', false);

			imported.read(text);
			this.mergeInto(target, imported);
			this.cursor.save(name);
			return 0;
		}

		const target = new Package(name, `${this.config}/${name}`, true);

		target.read(text);
		/* replacing wants a file to replace */
		closeSync(openSync(target.file, 'a', 0o600));
		this.cursor.replaceFile(target);
		return 0;
	}

	mergeInto(target, imported) {
		for (const section of imported.sections) {
			const name = section.anonymous ? target.addSection(section.type).name : section.name;

			if (!section.anonymous)
				target.set(name, null, section.type);

			for (const [option, value] of section.options)
				if (Array.isArray(value))
					value.forEach(item => target.addToList(name, option, item));
				else
					target.set(name, option, value);
		}
	}

	runBatch() {
		const words = new Words(toBytes(this.input ?? ''));

		this.batch = true;

		while (words.at < words.text.length) {
			const argv = [];

			for (let word = words.next(); word !== ''; word = words.next())
				argv.push(word);

			words.at++;

			if (argv[0]?.toLowerCase() === 'exit')
				return 0;

			if (argv.length && this.command(argv) === WRONG)
				this.error('Unknown command');
		}

		return 0;
	}

	error(text) {
		if (!this.quiet)
			this.stderr += `${text}\n`;
	}

	/** One command: its exit code. */
	command([word, ...parameters]) {
		const lower = word.toLowerCase();
		const name = OTHER_NAMES[lower] ?? lower;

		this.open();

		try {
			switch (name) {
			case 'batch':
				return this.batch || parameters.length ? WRONG : this.runBatch();

			case 'help':
				this.stderr += USAGE;
				return 0;

			case 'get': case 'set': case 'add_list': case 'del_list': case 'delete': case 'rename': case 'revert': case 'reorder':
				return parameters.length === 1 ? this.sectionCommand(name, parameters[0]) : WRONG;

			case 'show': case 'export': case 'commit': case 'changes':
				if (parameters.length > 1)
					return WRONG;

				if (parameters.length)
					return this.packageCommand(name, parameters[0]);

				for (const config of this.cursor.configs())
					this.attempt(() => this.packageCommand(name, config));

				return 0;

			case 'import':
				return parameters.length > 1 ? WRONG : this.import(parameters[0]);

			case 'add':
				if (parameters.length !== 2)
					return WRONG;

				return this.add(...parameters);

			default:
				return WRONG;
			}
		}
		catch (error) {
			return this.failed(error);
		}
	}

	/** The one command whose exit code is libuci's error. */
	add(name, type) {
		try {
			const target = this.cursor.load(name);
			const section = target.addSection(type);

			this.cursor.save(target.name);
			this.print(`${section.name}\n`);
			return 0;
		}
		catch (error) {
			this.failed(error);
			return ERRORS.indexOf(error.message);
		}
	}

	attempt(action) {
		try { action(); }
		catch (error) { this.failed(error); }
	}

	failed(error) {
		if (!(error instanceof UciError))
			throw error;

		this.error(`uci: ${error.message}${error.reason ? ` (${error.reason.replace(/ at line.*/, '')})${/ at line.*/.exec(error.reason)?.[0] ?? ''}` : ''}`);
		return 1;
	}
}

/**
 * The `uci` command. Without: -C, -L, -N, -S.
 * @param {import('./server.mjs').Invocation} invocation
 * @returns {import('../fw4/main.mjs').Result}
 */
export function uciCommand(invocation) {
	let options;

	try { options = parseOptions(invocation); }
	catch (error) {
		if (error !== WRONG && error.code === undefined)
			throw error;

		return error === WRONG ? { code: 0, stdout: '', stderr: USAGE } : { code: 1, stdout: '', stderr: `uci: ${error.message}` };
	}

	if (!options.rest.length)
		return { code: 0, stdout: '', stderr: USAGE };

	const run = new Run(options, invocation.cwd);
	const code = run.command(options.rest.map(toBytes));

	return { code, stdout: fromBytes(run.stdout), stderr: fromBytes(run.stderr) + (code === WRONG ? USAGE : '') };
}
