// SPDX-License-Identifier: Apache-2.0
import view from 'luci:view';
import { mount } from './view/mount.tsx';

export default view.extend({
	render: mount,
	handleSaveApply: null,
	handleSave: null,
	handleReset: null,
});
