// SPDX-License-Identifier: Apache-2.0
import { defineReason } from './shared/reason.ts';

/** firewall4's own rule, as nft prints it: it takes every flow of TCP and UDP. */
const TAKES_ALL = /^meta l4proto \{ (tcp|6), (udp|17) \} (counter packets \d+ bytes \d+ )?flow (add|offload) @\w+$/;

export default defineReason<{ rule: string }>({
	code: 'EXEMPT',
	order: 150,
	when: 'The rule that fills the flowtable takes fewer flows than firewall4\'s own.',
	applies: ({ facts: { loaded: { rule } } }) => (rule !== null && !TAKES_ALL.test(rule.trim()) ? { rule } : null),
	words: ({ rule }) => _('The rule does not take it: %s').format(rule),
});
