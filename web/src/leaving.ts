// SPDX-License-Identifier: Apache-2.0

/** ms in which a page that was made has to come into the document. */
const ARRIVAL = 60_000;

/**
 * Calls `left` once, when `root` has left the document. Themes that swap pages
 * without loading one (footstrap, aurora) unmount nothing and stop no timer of
 * ours. While such a theme builds a page, it takes the page out of the document
 * and puts it back in the same task, so this looks again in a later one.
 */
export function whenLeft(root: Node, left: () => void): void {
	let arrived = false;
	let timer: number | undefined;
	const end = (): void => {
		observer.disconnect();
		window.clearTimeout(timer);
		left();
	};
	const look = (): void => {
		if (root.isConnected) {
			arrived = true;
			return;
		}
		if (arrived) {
			window.clearTimeout(timer);
			timer = window.setTimeout(() => {
				if (!root.isConnected)
					end();
			}, 0);
		}
	};
	const observer = new MutationObserver(look);
	observer.observe(document, { childList: true, subtree: true });
	/* somebody may leave before the page was ever shown */
	timer = window.setTimeout(() => {
		if (!root.isConnected)
			end();
	}, ARRIVAL);
	look();
}
