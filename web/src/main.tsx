// SPDX-License-Identifier: Apache-2.0
import { render } from 'preact';
import view from 'luci:view';
import { direction } from './view/format.ts';
import { Page } from './view/page.tsx';
import style from './view/style.css?inline';

export default view.extend({
	render(): HTMLElement {
		const root = document.createElement('div');
		root.dir = direction();
		/* In the file, so that the page never shows without it, nor with another version's. */
		render(<><style>{style}</style><Page writable={L.hasViewPermission() === true} /></>, root);
		return root;
	},
	handleSaveApply: null,
	handleSave: null,
	handleReset: null,
});
