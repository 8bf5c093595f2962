// SPDX-License-Identifier: Apache-2.0
import { Base } from './class.mjs';

/** LuCI's dom class, as far as views build nodes with it. */
export const dom = Base.singleton({
	elem(value) {
		return value !== null && typeof value === 'object' && 'nodeType' in value;
	},

	parse(html) {
		return new DOMParser().parseFromString(html, 'text/html').body.firstChild;
	},

	matches(node, selector) {
		return this.elem(node) && node.matches ? node.matches(selector) : false;
	},

	parent(node, selector) {
		return this.elem(node) ? (node.closest ? node : node.parentElement)?.closest(selector) ?? null : null;
	},

	/** A list becomes text and nodes; a bare string is taken as HTML, as in LuCI. */
	append(node, children) {
		if (!this.elem(node) || children === null || children === undefined)
			return null;

		if (Array.isArray(children)) {
			for (const child of children)
				if (this.elem(child))
					node.appendChild(child);
				else if (child !== null && child !== undefined)
					node.appendChild(document.createTextNode(`${child}`));
		}
		else if (typeof children === 'function')
			return this.append(node, children(node));
		else if (this.elem(children))
			node.appendChild(children);
		else
			node.innerHTML = `${children}`;

		return node.lastChild;
	},

	content(node, children) {
		if (!this.elem(node))
			return null;

		node.replaceChildren();
		return this.append(node, children);
	},

	attr(node, key, value) {
		if (!this.elem(node))
			return;

		for (const [name, setting] of Object.entries(typeof key === 'object' ? key ?? {} : { [key]: value })) {
			if (setting === null || setting === undefined)
				continue;

			if (typeof setting === 'function')
				node.addEventListener(name, setting);
			else
				node.setAttribute(name, typeof setting === 'object' ? JSON.stringify(setting) : setting);
		}
	},

	create(html, attributes, data) {
		let node;

		if (!(attributes instanceof Object) || Array.isArray(attributes))
			[attributes, data] = [null, attributes];

		if (Array.isArray(html)) {
			node = document.createDocumentFragment();

			for (const item of html)
				node.appendChild(this.create(item));
		}
		else if (this.elem(html))
			node = html;
		else
			node = html.startsWith('<') ? this.parse(html) : document.createElement(html);

		this.attr(node, attributes);
		this.append(node, data);
		return node;
	},

	isEmpty(node, ignore) {
		return ![...node?.children ?? []].some(child => !child.classList.contains('hidden') && !ignore?.(child));
	},
});
