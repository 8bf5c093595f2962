// SPDX-License-Identifier: Apache-2.0
import { render } from 'preact';
import { direction } from './format.ts';
import { Page } from './page.tsx';
import style from './style.css?inline';

/** The page, in an element of its own. */
export function mount(): HTMLElement {
	const root = document.createElement('div');
	root.dir = direction();
	/* In the file, so that the page never shows without it, nor with another version's. */
	render(<><style>{style}</style><Page writable={L.hasViewPermission() === true} /></>, root);
	return root;
}
