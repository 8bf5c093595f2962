// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { languageOf, translations } from './languages.mjs';
import { menu, resolve } from './menu.mjs';
import { themeHead, themeOf } from './themes.mjs';

const SCRIPT = '/cgi-bin/luci';
const RESOURCE = '/luci-static/resources';
const SHELL = '/luci-static/testbed';
const TRANSLATIONS = `${SCRIPT}/admin/translations`;
const COOKIE = 'sysauth_http';

const escape = text => `${text}`.replace(/[&"'<>]/g, c => `&#${c.charCodeAt(0)};`);

/** @param {{ title?: string, body: string, language?: string, theme: ReturnType<typeof themeOf> }} content */
function page(hostname, { title = '', body, language = 'en', theme }) {
	return `<!DOCTYPE html>
<html lang="${escape(language)}">
	<head>
		<meta charset="utf-8">
		<title>${escape(hostname)}${title ? ` | ${escape(title)}` : ''}</title>
		<meta name="viewport" content="width=device-width, initial-scale=1">
		<link rel="icon" href="data:,">
		${themeHead(theme)}
		<script src="${TRANSLATIONS}/${escape(language)}"></script>
	</head>
	<body>
${body}
	</body>
</html>
`;
}

function loginPage(hostname, user, theme) {
	return page(hostname, { theme, body: `		<div id="maincontent" class="container">
			<main id="view">
				<h2>Authorization Required</h2>
				${user === null ? '' : '<div class="alert-message error">Invalid username and/or password! Please try again.</div>'}
				<form method="post" class="cbi-map">
					<div class="cbi-section">
						<div class="cbi-value">
							<label class="cbi-value-title" for="luci_username">Username</label>
							<div class="cbi-value-field"><input name="luci_username" id="luci_username" type="text" autocomplete="username" value="root"></div>
						</div>
						<div class="cbi-value">
							<label class="cbi-value-title" for="luci_password">Password</label>
							<div class="cbi-value-field"><input name="luci_password" id="luci_password" type="password" autocomplete="current-password" autofocus></div>
						</div>
					</div>
					<div class="cbi-page-actions"><button class="btn cbi-button-positive important">Log in</button></div>
				</form>
			</main>
		</div>` });
}

/** Tabs as LuCI's menu-bootstrap.js makes them, of the pages beside this one. */
function tabMenu(tabs) {
	const tab = ({ path, name, title, active }) => `<li class="tabmenu-item-${escape(name)}${active ? ' active' : ''}"><a href="${SCRIPT}/${escape(path)}">${escape(title)}</a></li>`;

	return tabs.length > 1 ? `<div id="tabmenu"><ul class="tabs">${tabs.map(tab).join('')}</ul></div>` : '<div id="tabmenu" hidden></div>';
}

function viewPage(hostname, { environment, links, tabs, language, theme }) {
	const { title } = environment.nodespec;
	const json = JSON.stringify(environment).replaceAll('/', '\\/');

	return page(hostname, { title, language, theme, body: `		<header>
			<a class="brand" href="/">${escape(hostname)}</a>
			<nav aria-label="Main">${links.map(({ path, title: text }) =>
		`<a href="${SCRIPT}/${escape(path)}"${environment.dispatchpath.join('/').startsWith(path) ? ' aria-current="page"' : ''}>${escape(text)}</a>`).join('')}</nav>
			<div id="indicators"></div>
		</header>
		<div class="main">
		<main id="maincontent" class="container">
			<noscript><div class="alert-message warning">You must enable JavaScript in your browser or LuCI will not work properly.</div></noscript>
			${tabMenu(tabs)}
			<div id="view"><div class="spinning">Loading view…</div></div>
		</main>
		<footer>Testbed: a stand-in for LuCI</footer>
		</div>
		<script>window.luciEnvironment = ${json};</script>
		<script type="module" src="${SHELL}/luci.mjs"></script>${theme.swap ? `
		<script type="module" src="${SHELL}/swap.mjs" data-swap="${theme.swap}"></script>` : ''}${theme.tables ? `
		<script type="module" src="${SHELL}/tables.mjs"></script>` : ''}` });
}

/** LuCI's dispatcher: menu.d, access groups, login by cookie, catalogues, and pages of the type `view`. */
export class LuciHandler {
	/** @param {() => Promise<import('../lib/bus.mjs').Bus>} bus */
	constructor(bus) {
		this.bus = bus;
	}

	/** @param {string} path */
	matches(path) {
		return path === SCRIPT || path.startsWith(`${SCRIPT}/`);
	}

	/** @returns {Promise<{ id: string, token: string, access: object } | null>} */
	async session(id) {
		const bus = await this.bus();
		const { data } = await bus.call('session', 'get', { ubus_rpc_session: id });

		if (typeof data?.values?.token !== 'string')
			return null;

		const acls = await bus.call('session', 'access', { ubus_rpc_session: id });

		return { id, token: data.values.token, access: acls.data?.['access-group'] ?? {} };
	}

	async login(form) {
		const bus = await this.bus();
		const { data } = await bus.call('session', 'login', {
			username: form.get('luci_username'), password: form.get('luci_password') ?? '',
		});

		if (!data)
			return null;

		await bus.call('session', 'set', { ubus_rpc_session: data.ubus_rpc_session, values: { token: randomBytes(16).toString('hex') } });
		return this.session(data.ubus_rpc_session);
	}

	/**
	 * @param {import('node:http').IncomingMessage} request
	 * @param {import('node:http').ServerResponse} response
	 * @param {string} path
	 */
	async handle(request, response, path) {
		if (path.startsWith(`${TRANSLATIONS}/`)) {
			/* also without a login, like LuCI */
			response.writeHead(200, { 'Content-Type': 'application/javascript; charset=UTF-8' })
				.end(`window.TR=${JSON.stringify(translations(path.slice(TRANSLATIONS.length + 1)))};`);
			return;
		}

		const bus = await this.bus();
		const hostname = (await bus.call('system', 'board', {})).data?.hostname ?? '?';
		const wanted = path.slice(SCRIPT.length).split('/').filter(Boolean);
		const cookie = new RegExp(`(?:^|;\\s*)${COOKIE}=([0-9a-f]{32})`).exec(request.headers.cookie ?? '')?.[1];
		const session = cookie ? await this.session(cookie) : null;
		const theme = themeOf(request.headers.cookie);
		const html = { 'Content-Type': 'text/html; charset=UTF-8', 'Cache-Control': 'no-cache' };

		if (!session) {
			let form = new URLSearchParams();

			if (request.method === 'POST') {
				let body = '';

				for await (const chunk of request.setEncoding('utf8'))
					body += chunk;

				form = new URLSearchParams(body);
			}

			const user = form.get('luci_username');
			const fresh = user === null ? null : await this.login(form);

			if (fresh)
				response.writeHead(302, {
					'Set-Cookie': `${COOKIE}=${fresh.id}; path=${SCRIPT}/; SameSite=strict; HttpOnly`,
					Location: [SCRIPT, ...wanted].join('/') + (wanted.length ? '' : '/'),
				}).end();
			else
				response.writeHead(403, { ...html, 'X-LuCI-Login-Required': 'yes' }).end(loginPage(hostname, user, theme));

			return;
		}

		if (wanted.join('/') === 'admin/logout') {
			await bus.call('session', 'destroy', { ubus_rpc_session: session.id });
			response.writeHead(302, { 'Set-Cookie': `${COOKIE}=; expires=Thu, 01 Jan 1970 01:00:00 GMT; path=${SCRIPT}/`, Location: `${SCRIPT}/` }).end();
			return;
		}

		const root = menu();
		const found = resolve(root, wanted, session.access);

		if (!found || found.node.action?.type !== 'view') {
			response.writeHead(404, html).end(page(hostname, {
				title: 'Not found', theme, body: `<main class="container"><h2>404 Not Found</h2><p>No page is registered at '/${escape(wanted.join('/'))}'.</p></main>`,
			}));
			return;
		}

		if (found.permission === null) {
			response.writeHead(403, html).end();
			return;
		}

		const links = [
			...Object.entries(root.children.admin?.children.network?.children ?? {})
				.filter(([name, child]) => child.title && resolve(root, ['admin', 'network', name], session.access)?.permission !== null)
				.map(([name, child]) => ({ path: `admin/network/${name}`, title: child.title })),
			{ path: 'admin/logout', title: 'Log out' },
		];

		const beside = found.path.slice(0, 3);
		const tabs = found.path.length > beside.length
			? Object.entries(beside.reduce((node, name) => node.children[name], root).children)
				.filter(([name, child]) => child.title && resolve(root, [...beside, name], session.access)?.permission !== null)
				.sort(([, a], [, b]) => (a.order ?? 9999) - (b.order ?? 9999))
				.map(([name, child]) => ({ path: [...beside, name].join('/'), name, title: child.title, active: name === found.path[beside.length] }))
			: [];

		response.writeHead(200, html).end(viewPage(hostname, { links, tabs, theme, language: languageOf(request.headers['accept-language']), environment: {
			media: theme.media,
			resource: RESOURCE,
			scriptname: SCRIPT,
			pathinfo: `/${wanted.join('/')}`,
			documentroot: '/www',
			requestpath: wanted,
			dispatchpath: found.path,
			pollinterval: 5,
			ubuspath: '/ubus/',
			sessionid: session.id,
			token: session.token,
			nodespec: { ...found.node, children: undefined, readonly: found.permission ? undefined : true },
			view: found.node.action.path,
		} }));
	}
}
