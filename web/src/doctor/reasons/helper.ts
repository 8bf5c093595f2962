// SPDX-License-Identifier: Apache-2.0
import { defineReason } from './shared/reason.ts';

export default defineReason<{ helper: string }>({
	code: 'HELPER',
	order: 110,
	when: 'A conntrack helper reads it: FTP, SIP …',
	applies: ({ flow: { protocol, original }, facts: { helpers } }) => {
		const helper = helpers.find((one) => one.protocol === protocol && one.port === original.dport);
		return helper ? { helper: helper.name } : null;
	},
	words: ({ helper }) => _('The helper %s reads it').format(helper),
});
