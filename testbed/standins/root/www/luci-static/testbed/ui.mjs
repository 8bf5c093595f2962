// SPDX-License-Identifier: Apache-2.0
import { Base } from './class.mjs';
import { dom } from './dom.mjs';

const _ = text => window._(text);
let overlay = null;

function dialog() {
	if (!overlay) {
		overlay = dom.create('div', { id: 'modal_overlay', tabindex: -1, keydown: event => ui.cancelModal(event) },
			[dom.create('div', { 'class': 'modal', role: 'dialog', 'aria-modal': true })]);
		document.body.appendChild(overlay);
	}

	return overlay;
}

/** LuCI's ui class, without its form widgets. */
export const ui = Base.singleton({
	showModal(title, children, ...classes) {
		const modal = dialog().firstElementChild;

		modal.className = ['modal', ...classes].join(' ');
		dom.content(modal, dom.create('h4', {}, [title]));
		dom.append(modal, children);
		document.body.classList.add('modal-overlay-active');
		dialog().scrollTop = 0;
		dialog().focus();
		return modal;
	},

	hideModal() {
		document.body.classList.remove('modal-overlay-active');
		dialog().blur();
	},

	cancelModal(event) {
		if (event.key === 'Escape')
			dialog().querySelector('.right > button, .right > .btn, .button-row > .btn')?.click();
	},

	addNotification(title, children, ...classes) {
		const text = dom.create('div', { style: 'flex:10' });
		const message = dom.create('div', { 'class': ['alert-message', 'fade-in', ...classes].join(' '), style: 'display:flex' }, [
			text,
			dom.create('div', { style: 'flex:1 1 auto; display:flex' }, [
				dom.create('button', {
					'class': 'btn', style: 'margin-left:auto; margin-top:auto', click: () => message.remove(),
				}, [_('Dismiss')]),
			]),
		]);

		if (title !== null && title !== undefined)
			dom.append(text, dom.create('h4', {}, [title]));

		dom.append(text, children);
		(document.querySelector('#maincontent') ?? document.body).prepend(message);
		return message;
	},

	addTimeLimitedNotification(title, children, timeout, ...classes) {
		const message = this.addNotification(title, children, ...classes);

		if (timeout > 0)
			setTimeout(() => message.remove(), timeout);

		return message;
	},

	showIndicator(id, label, handler, style) {
		const bar = document.querySelector('#indicators');
		const state = style === 'inactive' ? 'inactive' : 'active';
		let item = bar?.querySelector(`span[data-indicator="${id}"]`);

		if (!bar)
			return false;

		if (item?.textContent === label && item.dataset.style === state)
			return false;

		if (!item) {
			item = dom.create('span', { 'data-indicator': id, 'data-clickable': handler ? true : null, click: handler ?? null });
			bar.insertBefore(item, [...bar.children].find(other => other.dataset.indicator > id) ?? null);
		}

		item.textContent = label;
		item.dataset.style = state;
		return true;
	},

	hideIndicator(id) {
		const item = document.querySelector(`#indicators span[data-indicator="${id}"]`);

		item?.remove();
		return !!item;
	},

	createHandlerFn(context, fn, ...bound) {
		const handler = typeof fn === 'string' ? context[fn] : fn;

		if (typeof handler !== 'function')
			return null;

		return (...parameters) => {
			const target = parameters[0].currentTarget;

			target.classList.add('spinning');
			target.disabled = true;
			target.blur?.();

			Promise.resolve(handler.apply(context, [...bound, ...parameters])).finally(() => {
				target.classList.remove('spinning');
				target.disabled = false;
			});
		};
	},
});
