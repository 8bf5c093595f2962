#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
/** Stands in for the program `ucode`; see command.mjs for its words. */
import { pathToFileURL } from 'node:url';
import { main } from './command.mjs';
import { setProviders } from './embed.mjs';
import { flushAll } from './stdio.mjs';

const { TESTBED_UBUS_PROVIDERS: providers } = process.env;

// an object { name: { method(args) } }, or a function that returns one
if (providers) {
	const { default: objects } = await import(pathToFileURL(providers).href);

	setProviders(typeof objects === 'function' ? objects() : objects);
}

const code = main(process.argv.slice(2));

flushAll();
// pending child processes do not keep a script alive, nor do they in ucode
process.exit(code);
