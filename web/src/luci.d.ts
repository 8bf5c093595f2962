// SPDX-License-Identifier: Apache-2.0

/* What LuCI's loader passes to a module; see web/build/luci-modules.ts. */
declare module 'luci:rpc' {
	import type { rpc as Rpc } from '@kuoruan/luci-types';
	const rpc: typeof Rpc;
	export default rpc;
}
declare module 'luci:poll' {
	/* as the typings have it, which cannot be imported from there */
	const poll: {
		active(): boolean;
		add(callback: () => void, interval: number): boolean;
		remove(callback: () => void): boolean;
	};
	export default poll;
}
declare module 'luci:baseclass' {
	import type { baseclass as Baseclass } from '@kuoruan/luci-types';
	const baseclass: typeof Baseclass;
	export default baseclass;
}
declare module 'luci:view' {
	import type { view as View } from '@kuoruan/luci-types';
	const view: typeof View;
	export default view;
}

/** LuCI's translation of a text with a number in it; missing from the typings. */
declare function N_(count: number, singular: string, plural: string): string;

/** With a context, where LuCI translates the same text for something else; missing from the typings. */
declare function _(text: string, context: string): string;
