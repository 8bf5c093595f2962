// SPDX-License-Identifier: Apache-2.0
/** The program `ucode`: ucode [-R] [-S] [-L pattern] [-l module] [-e text | -p text | file] [argument …] */
import fs from 'node:fs';
import { createVm, describe } from './embed.mjs';
import { str } from './text.mjs';
import { Exit, mark, toBytes } from './values.mjs';

const USAGE = 'usage: ucode [-R] [-S] [-L pattern] [-l [name=]module] [-D name=value] [-e text | -p text | file] [argument …]\n';

function options(argv) {
	const o = { search: [], strict: false, load: [], define: [], text: null, print: false };
	let i = 0;

	while (i < argv.length && /^-./.test(argv[i])) {
		const word = argv[i++];

		if (word === '--')
			break;

		for (let at = 1; at < word.length; at++) {
			const letter = word[at];

			if (letter === 'R')
				continue;

			if (letter === 'S') {
				o.strict = true;
				continue;
			}

			if (!'LlDep'.includes(letter))
				return null;

			const value = word.slice(at + 1) || argv[i++];

			if (value === undefined)
				return null;

			switch (letter) {
			case 'L': o.search.push(...(value.includes('*') ? [ value ] : [ `${value.replace(/\/+$/, '')}/*.so`, `${value.replace(/\/+$/, '')}/*.uc` ])); break;
			case 'l': o.load.push(value); break;
			case 'D': o.define.push(value); break;
			default: o.text = value; o.print = letter === 'p';
			}

			break;
		}
	}

	return { ...o, rest: argv.slice(i) };
}

function named(option) {
	const at = option.indexOf('=');

	return at < 0 ? [ option, option ] : [ option.slice(0, at), option.slice(at + 1) ];
}

function define(vm, option) {
	const [ name, text ] = option.includes('=') ? named(option) : [ null, option ];
	let value = toBytes(text);

	try {
		value = vm.globals.json(toBytes(text));
	}
	catch (e) {
		if (name === null)
			throw e;
	}

	if (name === null)
		Object.assign(vm.globals, value);
	else
		vm.globals[mark(name)] = value;
}

/**
 * Runs a command line.
 * @param {string[]} argv its words, without the program's own
 * @returns {number} exit code
 */
export function main(argv) {
	const o = options(argv);
	const file = o && o.text === null ? o.rest.shift() : null;

	if (!o || (o.text === null && file === undefined)) {
		process.stderr.write(USAGE);

		return 1;
	}

	const vm = createVm({ search: o.search, strict: o.strict });

	try {
		for (const option of o.define)
			define(vm, option);

		for (const option of o.load) {
			const [ name, module ] = named(option);

			vm.globals[mark(name)] = vm.require(module);
		}

		vm.globals.ARGV.push(...o.rest.map(toBytes));

		if (file)
			vm.globals.SCRIPT_NAME = toBytes(file);

		const source = file === '-' ? fs.readFileSync(0, 'latin1') : null;
		const value = source !== null ? vm.runSource(source, '[stdin]') :
			file ? vm.run(file) : vm.runSource(toBytes(o.text), o.print ? '[-p argument]' : '[-e argument]');

		if (o.print)
			vm.stdout.write(str(value));

		return 0;
	}
	catch (e) {
		if (e instanceof Exit)
			return e.code;

		const { text, code } = describe(e, vm);

		vm.stderr.write(text);

		return code;
	}
}
