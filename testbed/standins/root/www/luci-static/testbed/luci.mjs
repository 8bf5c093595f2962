// SPDX-License-Identifier: Apache-2.0
/**
 * The LuCI shell: what LuCI 25.12's luci.js offers a view, written for the testbed.
 * The page sets `window.luciEnvironment` before loading this module.
 */
import { Base } from './class.mjs';
import { dom } from './dom.mjs';
import { format } from './format.mjs';
import { poll } from './poll.mjs';
import { request } from './request.mjs';
import { load } from './require.mjs';
import { rpc } from './rpc.mjs';
import { translate, translatePlural } from './translate.mjs';
import { ui } from './ui.mjs';
import { View } from './view.mjs';

const env = window.luciEnvironment;

function notifySessionExpiry() {
	poll.stop();
	ui.showModal(_('Session expired'), [
		E('div', { 'class': 'alert-message warning' }, [_('A new login is required since the authentication session expired.')]),
		E('div', { 'class': 'right' }, [
			E('button', { 'class': 'btn primary', click: () => { location.href = location.pathname + location.search; } }, [_('Log in…')]),
		]),
	]);
	throw Object.assign(new Error('Login session is expired'), { name: 'SessionError' });
}

const L = {
	env,
	loaded: false,
	Class: Base,
	dom, Poll: poll, Request: request, view: View,

	require: name => load(L, name),
	bind: (fn, self, ...bound) => fn.bind(self, ...bound),
	isObject: value => value !== null && typeof value === 'object',
	resolveDefault: (value, fallback) => Promise.resolve(value).catch(() => fallback),
	resource: (...parts) => [env.resource, ...parts].join('/'),
	media: (...parts) => [env.media, ...parts].join('/'),
	url: (...parts) => [env.scriptname, ...parts].join('/'),
	location: () => [env.scriptname, ...env.requestpath].join('/'),

	toArray(value) {
		if (value === null || value === undefined)
			return [];

		return Array.isArray(value) ? value : typeof value === 'object' ? [value] : `${value}`.trim().split(/\s+/).filter(Boolean);
	},

	hasViewPermission() {
		return env.nodespec?.satisfied ? !env.nodespec.readonly : null;
	},

	raise(type, template, ...values) {
		if (type instanceof Error)
			throw type;

		throw Object.assign(new (window[type] ?? Error)(template ? format(template, values) : 'Unspecified error'), { name: type ?? 'Error' });
	},

	/** Shows the error as a notification, and throws it. */
	error(type, ...rest) {
		try {
			L.raise(type, ...rest);
		}
		catch (error) {
			if (!error.reported) {
				ui.addNotification(error.name || _('Runtime error'), E('pre', {}, [error.message]), 'danger');
				error.reported = true;
			}

			throw error;
		}
	},
};

window.L = L;
window._ = translate;
window.N_ = translatePlural;
window.E = dom.create.bind(dom);
String.prototype.format = function (...values) { return format(this, values); };
String.format = (template, ...values) => format(template, values);

/* LuCI's server does this */
for (const link of document.querySelectorAll('header nav a, #tabmenu a'))
	link.textContent = _(link.textContent);

rpc.setBaseURL(env.ubuspath);
rpc.setSessionID(env.sessionid ?? rpc.getSessionID());

rpc.addInterceptor((answer, call) => {
	if (answer?.error?.code !== -32002 || (call.object === 'session' && call.method === 'access'))
		return undefined;

	return rpc.declare({ object: 'session', method: 'access', params: ['scope', 'object', 'function'], expect: { access: true } })
	('uci', 'luci', 'read').catch(notifySessionExpiry);
});

request.addInterceptor(response => {
	if (response.status === 403 && response.headers.get('X-LuCI-Login-Required') === 'yes')
		notifySessionExpiry();
});

document.addEventListener('poll-start', () => ui.showIndicator('poll-status', _('Refreshing'),
	() => poll.active() ? poll.stop() : poll.start()));
document.addEventListener('poll-stop', () => ui.showIndicator('poll-status', _('Paused'), null, 'inactive'));

poll.interval = env.pollinterval;
poll.start();
L.loaded = true;
document.dispatchEvent(new CustomEvent('luci-loaded'));

if (env.view)
	L.require(`view.${env.view.replaceAll('/', '.')}`).then(view => {
		if (!(view instanceof View))
			throw new TypeError(`Loaded class view.${env.view} is not a descendant of View`);
	}).catch(error => {
		dom.content(document.querySelector('#view'), null);
		L.error(error);
	});
