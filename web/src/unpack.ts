// SPDX-License-Identifier: Apache-2.0
/**
 * Loads a packed part of the page. LuCI's web server compresses nothing, so the
 * parts lie on the router as they go over the wire: gzip. Built into each file
 * that LuCI loads; see web/build/luci-view.ts.
 */

const parts: Record<string, Promise<unknown>> = {};

/**
 * What a part exports; each is loaded once.
 * @param name its file in resources/nft-offload/
 * @throws Error when it is not there, or when the browser cannot unpack it
 */
export function unpack(name: string): Promise<unknown> {
	return parts[name] ??= fetch(L.resource('nft-offload', name)).then((answer) => {
		if (!answer.ok || !answer.body)
			throw new Error(`${name}: ${answer.status}`);
		/* Chrome 80, Safari 16.4, Firefox 113 */
		if (typeof DecompressionStream === 'undefined')
			throw new Error(_('This page needs a newer browser.'));
		/* window's: this is evaluated inside luci.js, which has a class of that name */
		return new window.Response(answer.body.pipeThrough(new DecompressionStream('gzip'))).text();
	// eslint-disable-next-line @typescript-eslint/no-implied-eval -- as luci.js evaluates a file
	}).then((code) => (Function('unpack', code) as (...args: unknown[]) => Promise<unknown>)(unpack)).catch((error: unknown) => {
		delete parts[name];
		throw error;
	});
}
