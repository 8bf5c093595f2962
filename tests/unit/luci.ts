// SPDX-License-Identifier: Apache-2.0
/**
 * As much of LuCI's browser side as the view needs: the loader's way with a
 * file, `_()`, `N_()`, `String.format`, and the classes `rpc` and `view`.
 */

/** Answers one ubus call: the reply, or ubus' status number; may reject. */
export type Ubus = (object: string, method: string, args: Record<string, unknown>) => Promise<unknown>;

interface View {
	render(): HTMLElement;
	[member: string]: unknown;
}

type Class = new () => View;

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

/** The classes that a view file asks for, from the literals at its head, as luci.js reads them. */
export function requiredClasses(source: string): string[] {
	const classes: string[] = [];
	for (const [, literal = ''] of source.matchAll(/\/\*.*?\*\/|'([^']*)'|"([^"]*)"/gs)) {
		const name = /^require[ \t]+(\S+)$/.exec(literal)?.[1];
		if (name)
			classes.push(name);
		else if (literal && literal !== 'use strict')
			break;
	}
	return classes;
}

/** Evaluates a view file as luci.js does, and instantiates the class that it returns. */
export function loadView(source: string, ubus: Ubus, writable: boolean | null): View {
	const classes: Record<string, unknown> = {
		rpc: {
			declare: ({ object, method, params = [] }: { object: string; method: string; params?: string[] }) =>
				(...args: unknown[]) => ubus(object, method, Object.fromEntries(params.map((name, index) => [name, args[index]]))),
		},
		view: {
			extend: (members: Partial<View>): Class => class {
				constructor() {
					Object.assign(this, members);
				}
			} as unknown as Class,
		},
	};
	const names = requiredClasses(source);
	for (const name of names)
		if (!(name in classes))
			throw new Error(`the view requires ${name}`);
	const L = { hasViewPermission: () => writable };
	// eslint-disable-next-line @typescript-eslint/no-implied-eval -- this is what luci.js does
	const factory = new Function('window', 'document', 'L', ...names, source) as (...args: unknown[]) => Class;
	const ViewClass = factory(window, document, L, ...names.map((name) => classes[name]));
	return new ViewClass();
}
