// SPDX-License-Identifier: Apache-2.0
/** The tab Network → Flow Offloading → Connections. */
import view from 'luci:view';
import { ConnectionsPage } from './view/connections-page.tsx';
import { mount } from './view/mount.tsx';

export default view.extend({
	render: () => mount(ConnectionsPage),
	handleSaveApply: null,
	handleSave: null,
	handleReset: null,
});
