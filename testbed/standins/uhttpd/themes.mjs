// SPDX-License-Identifier: Apache-2.0
/** Stand-ins for LuCI's themes: which one a request gets, and what it puts into a page's head. */
import { sections } from '../lib/uci.mjs';

/**
 * @typedef {object} Theme
 * @property {string} media where its sheets are
 * @property {'attribute'|'sheet'|null} dark how it turns dark: by data-darkmode, by one more sheet, or never
 * @property {string} [colorScheme] of its meta element
 * @property {'view'|'stage'} [swap] it changes pages without loading one, in #view or in a hidden stage first
 * @property {boolean} [tables] it gives LuCI's classes to the tables of others
 */

/** @type {Record<string, Omit<Theme, 'media'>>} */
const THEMES = {
	'like-bootstrap': { dark: 'attribute' },
	'like-material': { dark: null },
	'like-openwrt-2020': { dark: null },
	'like-argon': { dark: 'sheet' },
	'like-aurora': { dark: 'attribute', colorScheme: 'light dark', swap: 'view' },
	'like-footstrap': { dark: 'attribute', swap: 'stage', tables: true },
};

export const DEFAULT_THEME = 'like-bootstrap';

/** @param {string} cookies @param {string} name */
const cookie = (cookies, name) => new RegExp(`(?:^|;\\s*)${name}=([^;]*)`).exec(cookies)?.[1];

/**
 * The theme of a page: of the cookie `testbed_theme`, so that a browser can go
 * through all of them, or of `luci.main.mediaurlbase`. The cookie
 * `testbed_dark` (`true` or `false`) is the switch that most themes have.
 * @param {string} [cookies] the header Cookie
 * @returns {Theme & { switched: string|undefined }}
 */
export function themeOf(cookies = '') {
	const main = sections('luci').find(section => section['.name'] === 'main');
	const base = main?.mediaurlbase;
	const wanted = cookie(cookies, 'testbed_theme') ?? (typeof base === 'string' ? base.split('/').at(-1) : undefined) ?? '';
	const name = Object.hasOwn(THEMES, wanted) ? wanted : DEFAULT_THEME;

	return { media: `/luci-static/${name}`, ...THEMES[name], switched: cookie(cookies, 'testbed_dark') };
}

/**
 * What a theme has in the head of a page.
 * @param {ReturnType<typeof themeOf>} theme
 */
export function themeHead({ media, dark, colorScheme, switched }) {
	const parts = [`<link rel="stylesheet" href="${media}/cascade.css">`];

	if (colorScheme)
		parts.push(`<meta name="color-scheme" content="${colorScheme}">`);

	if (dark === 'attribute')
		parts.push(switched
			? `<script>document.documentElement.setAttribute('data-darkmode', ${switched === 'true'});</script>`
			: `<script>
			const darkmode = window.matchMedia('(prefers-color-scheme: dark)');
			const setDarkmode = ({ matches }) => document.documentElement.setAttribute('data-darkmode', matches);

			darkmode.addEventListener('change', setDarkmode);
			setDarkmode(darkmode);
		</script>`);
	else if (dark === 'sheet' && switched !== 'false')
		parts.push(`<link rel="stylesheet" href="${media}/dark.css"${switched ? '' : ' media="(prefers-color-scheme: dark)"'}>`);

	return parts.join('\n\t\t');
}
