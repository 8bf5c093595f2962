// SPDX-License-Identifier: Apache-2.0
import type { FindingCase } from '../fixtures/finding-case.ts';

export default {
	router: 'mt7621 PPPoE+VLAN',
	alsoOn: ['filogic with WED and PPE', 'ipq40xx "hardware" without hardware', 'DSA with late Wi-Fi'],
	evidence: ['br-lan: lan1, lan2, phy1-ap0'],
	takenAway: ({ coverage }) => {
		coverage.links = coverage.links.filter(({ kind }) => kind !== 'wlan');
	},
	variants: [
		{ what: 'is nothing new to who runs bridger', change: ({ conflicts }) => {
			conflicts.services.push({ name: 'bridger', enabled: true });
		}, evidence: [] },
	],
} satisfies FindingCase;
