// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { at } from '../lib/paths.mjs';
import { program } from '../lib/programs.mjs';

const METHODS = { 1: '-1', 5: '-5', 6: '-6' };

/** crypt(3) of the schemes OpenWrt writes (`$1$`, `$5$`, `$6$`), by openssl. */
function crypt(password, hash) {
	const match = /^\$([156])\$([^$]{1,16})\$/.exec(hash);

	/* openssl reads one line, which no password with a line break can be */
	if (!match || /[\n\0]/.test(password))
		return null;

	const { status, stdout } = spawnSync(program('openssl'), ['passwd', METHODS[match[1]], '-salt', match[2], '-stdin'],
		{ input: `${password}\n`, encoding: 'utf8' });

	return status === 0 ? stdout.trim() : null;
}

/** The hash of a user in /etc/shadow; null when there is no such user. */
function shadow(user) {
	for (const line of readFileSync(at('/etc/shadow'), 'utf8').split('\n')) {
		const [name, hash] = line.split(':');

		if (name === user)
			return hash;
	}

	return null;
}

/**
 * rpcd's password check: no hash means no password, `$p$user` refers to /etc/shadow.
 * @param {string|null} hash option `password` of a login section
 * @param {string} password
 * @returns {boolean}
 */
export function checkPassword(hash, password) {
	if (!hash)
		return true;

	if (hash.startsWith('$p$')) {
		const real = shadow(hash.slice(3));

		return real !== null && checkPassword(real, password);
	}

	return crypt(password, hash) === hash;
}
