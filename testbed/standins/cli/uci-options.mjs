// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { CONFIG, DELTAS } from '../lib/uci.mjs';

export const USAGE = `Usage: uci [<options>] <command> [<arguments>]

Commands:
	batch
	export     [<config>]
	import     [<config>]
	changes    [<config>]
	commit     [<config>]
	add        <config> <section-type>
	add_list   <config>.<section>.<option>=<string>
	del_list   <config>.<section>.<option>=<string>
	show       [<config>[.<section>[.<option>]]]
	get        <config>.<section>[.<option>]
	set        <config>.<section>[.<option>]=<value>
	delete     <config>[.<section>[[.<option>][=<id>]]]
	rename     <config>.<section>[.<option>]=<name>
	revert     <config>[.<section>[.<option>]]
	reorder    <config>.<section>=<position>

Options:
	-c <path>  set the search path for config files (default: /etc/config)
	-d <str>   set the delimiter for list values in uci show
	-f <file>  use <file> as input instead of stdin
	-m         when importing, merge data into an existing package
	-p <path>  add a search path for config change files
	-P <path>  add a search path for config change files and use as default
	-t <path>  set save path for config change files
	-q         quiet mode (don't print error messages)
	-X         do not use extended syntax on 'show'

`;

/** The command line is wrong; exit code 255. */
export const WRONG = 255;

/**
 * @typedef {object} Options
 * @property {string[]} rest command and arguments
 * @property {string|null} input what -f or standard input gave
 * @property {string} config directory of the packages
 * @property {string[]} directories of uncommitted changes; they are saved to the last
 * @property {string} delimiter between a list's items
 * @property {boolean} quiet
 * @property {boolean} merge
 * @property {boolean} noCommit
 * @property {boolean} extended `@type[index]` for anonymous sections
 */

/**
 * @param {import('./server.mjs').Invocation} invocation
 * @returns {Options}
 * @throws {number} WRONG for an unknown option; what reading -f throws
 */
export function parseOptions({ args, cwd, stdin }) {
	const options = {
		rest: [...args], input: stdin, config: CONFIG, directories: [DELTAS], delimiter: ' ',
		quiet: false, merge: false, noCommit: false, extended: true,
	};
	const saveTo = directory => {
		const path = resolve(cwd, directory);

		options.directories = [...options.directories.filter(other => other !== path), path];
	};

	while (/^-./.test(options.rest[0] ?? '')) {
		const word = options.rest.shift();

		if (word === '--')
			break;

		for (let at = 1; at < word.length; at++) {
			const letter = word[at];
			const value = () => {
				const text = word.slice(at + 1) || options.rest.shift();

				at = word.length;

				if (text === undefined)
					throw WRONG;

				return text;
			};

			switch (letter) {
			case 'c': options.config = resolve(cwd, value()); break;
			case 'd': options.delimiter = value(); break;
			case 'f': options.input = readFileSync(resolve(cwd, value()), 'utf8'); break;
			case 'm': options.merge = true; break;
			case 'p': options.directories.splice(-1, 0, resolve(cwd, value())); break;
			case 'P': options.noCommit = true; saveTo(value()); break;
			case 't': saveTo(value()); break;
			case 'q': options.quiet = true; break;
			case 'X': options.extended = false; break;
			/* strict parsing and named export are the defaults, and all there is */
			case 'n': case 's': break;
			default: throw WRONG;
			}
		}
	}

	return options;
}
