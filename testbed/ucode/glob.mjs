// SPDX-License-Identifier: Apache-2.0
/** glob(3) without flags. */
import fs from 'node:fs';
import { globSource } from './wildcards.mjs';

function entriesOf(directory) {
	try {
		return fs.readdirSync(Buffer.from(directory || '.', 'latin1'), { encoding: 'buffer' }).map((name) => name.toString('latin1'));
	}
	catch {
		return [];
	}
}

function exists(name) {
	try {
		fs.lstatSync(Buffer.from(name, 'latin1'));

		return true;
	}
	catch {
		return false;
	}
}

/** @param {string} pattern bytes @returns {string[]} existing paths, sorted */
export function glob(pattern) {
	const absolute = pattern.startsWith('/');
	let found = [ absolute ? '/' : '' ];

	for (const part of pattern.split('/').filter((word) => word !== '')) {
		const magic = /[*?[\\]/.test(part);
		const test = magic ? new RegExp(`^${globSource(part, '[^/]')}$`) : null;

		found = found.flatMap((directory) => {
			const below = (name) => directory + (directory && !directory.endsWith('/') ? '/' : '') + name;

			if (!magic)
				return [ below(part) ];

			// a leading dot is matched by a dot alone
			return entriesOf(directory).filter((name) => test.test(name) && (name[0] !== '.' || part[0] === '.')).map(below);
		});
	}

	if (pattern.endsWith('/') && pattern !== '/')
		found = found.map((name) => `${name}/`);

	return found.filter(exists).sort((a, b) => a < b ? -1 : a > b ? 1 : 0);
}
