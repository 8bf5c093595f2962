// SPDX-License-Identifier: Apache-2.0
import type { FunctionComponent } from 'preact';
import { render } from 'preact';
import { whenLeft } from '../leaving.ts';
import { followBackdrop } from './backdrop.ts';
import { direction } from './format.ts';
import rooms from './rooms.css?inline';
import status from './status.css?inline';
import style from './style.css?inline';

export interface PageProps {
	/** The account may change the setting. */
	writable: boolean;
}

/** A tab's page, in an element of its own. When it has left the document, everything that it started ends. */
export function mount(Page: FunctionComponent<PageProps>): HTMLElement {
	const root = document.createElement('div');
	root.dir = direction();
	const forget = followBackdrop(root);
	/* in the same file, so that the page never shows without its style, nor with another version's */
	render(<><style>{style}{status}{rooms}</style><Page writable={L.hasViewPermission() === true} /></>, root);
	whenLeft(root, () => {
		render(null, root);
		forget();
	});
	return root;
}
