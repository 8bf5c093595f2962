// SPDX-License-Identifier: Apache-2.0
/** The tab Network → Flow Offloading → Status. */
import view from 'luci:view';
import { mount } from './view/mount.tsx';
import { StatusPage } from './view/status-page.tsx';

export default view.extend({
	render: () => mount(StatusPage),
	handleSaveApply: null,
	handleSave: null,
	handleReset: null,
});
