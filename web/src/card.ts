// SPDX-License-Identifier: Apache-2.0
/**
 * The card on Status → Overview, as LuCI's view/status/index.js wants it:
 * `load` before each refresh, `render` with what it found, null for nothing.
 * What it draws with is loaded by import(), which may fail; what a module
 * requires at its head may not, or the whole overview would.
 */
import baseclass from 'luci:baseclass';

export default baseclass.extend({
	title: _('Flow Offloading'),
	load: () => import('./view/card.tsx').then(({ look }) => look()).catch(() => null),
	render: (card: HTMLElement | null) => card,
});
