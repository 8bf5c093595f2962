// SPDX-License-Identifier: Apache-2.0
import view from 'luci:view';

export default view.extend({
	load: () => import('./view/mount.tsx'),
	render: ({ mount }: { mount: () => HTMLElement }) => mount(),
	handleSaveApply: null,
	handleSave: null,
	handleReset: null,
});
