// SPDX-License-Identifier: Apache-2.0
import { Base } from './class.mjs';
import { interceptable } from './interceptors.mjs';

const interceptors = [];
/** Calls of one animation frame go out as one batch. */
let queue = [];
/** Set by rpc: the URL whose calls are batched. */
let batchURL = () => /** @type {string|null} */ (null);

/** @param {() => string|null} url */
export function setBatchURL(url) {
	batchURL = url;
}

class Response {
	constructor(status, statusText, url, duration, headers, body) {
		Object.assign(this, { ok: status >= 200 && status <= 299, status, statusText, url, duration, headers, body });
	}

	text() {
		return typeof this.body === 'string' ? this.body : JSON.stringify(this.body);
	}

	json() {
		return typeof this.body === 'string' ? JSON.parse(this.body) : this.body;
	}

	with(body) {
		return new Response(this.status, this.statusText, this.url, this.duration, this.headers, body);
	}
}

function send(url, options) {
	const start = Date.now();
	const xhr = new XMLHttpRequest();

	return new Promise((resolve, reject) => {
		let content = options.content;

		xhr.onreadystatechange = () => {
			if (xhr.readyState !== XMLHttpRequest.DONE)
				return;

			const duration = Date.now() - start;

			if (xhr.status === 0 && xhr.statusText === '') {
				reject(new Error(duration >= options.timeout ? 'XHR request timed out' : 'XHR request aborted by browser'));
				return;
			}

			const headers = {
				has: name => xhr.getResponseHeader(name) !== null,
				get: name => xhr.getResponseHeader(name),
			};
			const response = new Response(xhr.status, xhr.statusText, xhr.responseURL || url, duration, headers, xhr.responseText);

			Promise.all(interceptors.map(intercept => intercept(response))).then(() => resolve(response), reject);
		};

		xhr.open(options.method, url, true);
		xhr.timeout = options.timeout ?? 0;
		xhr.withCredentials = !!options.credentials;

		if (content !== null && typeof content === 'object' && !(content instanceof FormData)) {
			content = JSON.stringify(content);
			xhr.setRequestHeader('Content-Type', 'application/json');
		}

		for (const [name, value] of Object.entries(options.headers ?? {}))
			xhr.setRequestHeader(name, value);

		xhr.send(content ?? null);
	});
}

function flush() {
	const batch = queue;

	queue = [];

	if (!batch.length)
		return;

	send(batch[0].url, { ...batch[0].options, content: batch.map(({ options }) => options.content) }).then(reply => {
		let replies = null;

		try { replies = reply.json(); }
		catch { /* each call is told below */ }

		for (const [index, call] of batch.entries())
			if (Array.isArray(replies) && index < replies.length)
				call.resolve(reply.with(replies[index]));
			else
				call.reject(new Error('No related RPC reply'));
	}, error => {
		for (const call of batch)
			call.reject(error);
	});
}

/** LuCI's request class. */
export const request = Base.singleton({
	expandURL(url) {
		return new URL(url, location.href).href;
	},

	async request(target, options = {}) {
		let url = this.expandURL(await target);
		const method = (options.method ?? 'GET').toUpperCase();
		const base = batchURL();
		const batched = !options.nobatch && method === 'POST' && typeof options.content === 'object' &&
			base !== null && url.startsWith(this.expandURL(base));

		const query = Object.entries(options.query ?? {}).map(([key, value]) => value === null || value === undefined
			? encodeURIComponent(key)
			: `${encodeURIComponent(key)}=${encodeURIComponent(typeof value === 'object' ? JSON.stringify(value) : value)}`);

		if (!options.cache)
			query.push(`${Date.now()}`);

		if (query.length)
			url += `${url.includes('?') ? '&' : '?'}${query.join('&')}`;

		if (!batched)
			return send(url, { ...options, method });

		return new Promise((resolve, reject) => {
			queue.push({ url, options: { ...options, method }, resolve, reject });
			requestAnimationFrame(flush);
		});
	},

	get(url, options) {
		return this.request(url, { method: 'GET', ...options });
	},

	post(url, data, options) {
		return this.request(url, { method: 'POST', content: data, ...options });
	},

	...interceptable(interceptors),
});
