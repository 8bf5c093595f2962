// SPDX-License-Identifier: Apache-2.0
/**
 * As much of LuCI's browser side as the view needs: the loader's way with a
 * file, `_()`, `N_()`, `String.format`, and the classes `rpc`, `view`, `poll` and `baseclass`.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dependencies } from '../../testbed/standins/root/www/luci-static/testbed/dependencies.mjs';
import { poll as standIn } from '../../testbed/standins/root/www/luci-static/testbed/poll.mjs';

/** LuCI's poll, by the testbed's stand-in for it. */
const poll = standIn as unknown as { queue: unknown[]; start: () => boolean; stop: () => boolean };

/** Answers one ubus call: the reply, or ubus' status number; may reject. */
export type Ubus = (object: string, method: string, args: Record<string, unknown>) => Promise<unknown>;

export interface View {
	load?(): Promise<unknown>;
	render(loaded: unknown): HTMLElement;
	[member: string]: unknown;
}

type Class = new () => View;

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** The checked-in build. */
const RESOURCES = join(ROOT, 'luci-app-nft-offload/htdocs/luci-static/resources');

/** The library of the charts, a package of its own. */
const LIBRARIES = join(ROOT, 'luci-lib-uplot/htdocs/luci-static/resources');

/** As LuCI's: a class whose prototype carries the members. */
function extend(members: object): Class {
	const made = class {};
	Object.assign(made.prototype, members);
	return made as unknown as Class;
}

const PLACEHOLDER = /%(%|s|d|\.(\d+)f)/g;

function format(this: string, ...args: (string | number | null | undefined)[]): string {
	let next = 0;
	return String(this).replace(PLACEHOLDER, (_match, type: string, digits?: string) => {
		if (type === '%')
			return '%';
		if (next >= args.length)
			throw new Error(`“${String(this)}” has more placeholders than arguments`);
		const value = args[next++];
		if (value === undefined || value === null)
			throw new Error(`“${String(this)}” got ${String(value)}`);
		return type === 's' ? String(value) : Number(value).toFixed(digits === undefined ? 0 : Number(digits));
	});
}

/** Defines LuCI's globals; `translate` sees every text that goes through `_()` or `N_()`. */
export function installGlobals(translate: (text: string) => string = (text) => text): void {
	Object.assign(globalThis, {
		_: translate,
		N_: (count: number, singular: string, plural: string) => translate(count === 1 ? singular : plural),
	});
	Object.defineProperty(String.prototype, 'format', { value: format, configurable: true, writable: true });
}

/** A browser's globals that no class file sees: luci.js evaluates it where it has classes and a variable of these names. */
const HIDDEN = ['Headers', 'Request', 'Response', 'name'];

/** Loads a view by its name, and instantiates its class with all that it requires, as luci.js does. */
export async function loadView(name: string, ubus: Ubus, writable: boolean | null): Promise<View> {
	const classes: Record<string, unknown> = {
		rpc: {
			declare: ({ object, method, params = [] }: { object: string; method: string; params?: string[] }) =>
				(...args: unknown[]) => ubus(object, method, Object.fromEntries(params.map((name, index) => [name, args[index]]))),
		},
		view: { extend },
		baseclass: { extend },
		poll,
	};
	const load = async (wanted: string): Promise<unknown> => {
		const source = readFileSync(join(wanted === 'uplot' ? LIBRARIES : RESOURCES, `${wanted.replaceAll('.', '/')}.js`), 'utf8');
		const needs = dependencies(source);
		const instances = await Promise.all(needs.map(({ name: needed }) => require(needed)));
		// eslint-disable-next-line @typescript-eslint/no-implied-eval -- this is what luci.js does
		const factory = new Function('window', 'document', 'L', ...needs.map(({ as }) => as), ...HIDDEN, source) as (...args: unknown[]) => Class;
		return new (factory(window, document, L, ...instances))();
	};
	const require = async (wanted: string): Promise<unknown> => classes[wanted] ??= load(wanted);
	const L = {
		hasViewPermission: () => writable, require,
		url: (...parts: string[]) => ['/cgi-bin/luci', ...parts].join('/'),
		resource: (...parts: string[]) => [RESOURCES, ...parts].join('/'),
	};
	Object.assign(globalThis, { L });
	/* as a page that was loaded anew: the queue of the one before is gone with it */
	poll.stop();
	poll.queue = [];
	poll.start();
	return require(name) as Promise<View>;
}
