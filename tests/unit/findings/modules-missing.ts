// SPDX-License-Identifier: Apache-2.0
import type { FindingCase } from '../fixtures/finding-case.ts';
import { OPTIONS } from '../fixtures/status.ts';

export default {
	router: 'firewall lost',
	evidence: ['nf_flow_table_inet', 'nft_flow_offload'],
	command: 'opkg update; opkg install kmod-nft-offload',
	commands: /^(opkg update; opkg install|apk add -U) kmod-nft-offload$/,
	takenAway: ({ status }) => {
		status.asked.effective = OPTIONS.off;
	},
	variants: [
		{ what: 'opkg up to 24.10', change: ({ status }) => {
			status.router.release = 'OpenWrt 24.10.4';
		}, command: 'opkg update; opkg install kmod-nft-offload' },
		{ what: 'apk later', change: ({ status }) => {
			status.router.release = 'OpenWrt 25.12.0';
		}, command: 'apk add -U kmod-nft-offload' },
	],
} satisfies FindingCase;
