// SPDX-License-Identifier: Apache-2.0
import type { FindingCase } from '../fixtures/finding-case.ts';

export default {
	router: 'filogic with WED and PPE',
	evidence: ['mtk_wed_mcu_msg_send timed out, command 3: Error -110'],
	command: 'sed -i \'s/wed_enable=[^ ]*/wed_enable=N/\' /etc/modules.conf /etc/modules.d/mt79*; reboot',
	takenAway: ({ conflicts }) => {
		conflicts.wed[0]!.enabled = false;
	},
} satisfies FindingCase;
