// SPDX-License-Identifier: Apache-2.0
import { Base } from './class.mjs';
import { dom } from './dom.mjs';
import { ui } from './ui.mjs';

const BUTTONS = [
	['handleSaveApply', 'Save & Apply', 'btn cbi-button cbi-button-apply important'],
	['handleSave', 'Save', 'cbi-button cbi-button-save'],
	['handleReset', 'Reset', 'cbi-button cbi-button-reset'],
];

/** LuCI's view class: load(), render(), addFooter(). The forms that `handleSave` works on do not exist here. */
export const View = Base.extend({
	__init__() {
		const place = document.getElementById('view');
		const L = window.L;

		dom.content(place, dom.create('div', { 'class': 'spinning' }, [window._('Loading view…')]));

		(L.loaded ? Promise.resolve() : new Promise(resolve => document.addEventListener('luci-loaded', resolve, { once: true })))
			.then(() => this.load())
			.then(data => this.render(data))
			.then(nodes => {
				dom.content(place, nodes);
				dom.append(place, this.addFooter());
			})
			.catch(error => L.error(error));
	},

	load() {},
	render() {},
	handleSave() { throw new Error('The LuCI shell has no forms'); },
	handleSaveApply() { throw new Error('The LuCI shell has no forms'); },
	handleReset() { throw new Error('The LuCI shell has no forms'); },

	addFooter() {
		const buttons = BUTTONS.filter(([handler]) => this[handler]);
		const fragment = document.createDocumentFragment();

		if (buttons.length)
			fragment.appendChild(dom.create('div', { 'class': 'cbi-page-actions' },
				buttons.flatMap(([handler, label, style]) => [dom.create('button', {
					'class': style, click: ui.createHandlerFn(this, handler), disabled: window.L.hasViewPermission() ? null : true,
				}, [window._(label)]), ' '])));

		return fragment;
	},
});
