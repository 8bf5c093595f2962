// SPDX-License-Identifier: Apache-2.0
import { ruleName, timedRules } from './shared/blocking-rules.ts';
import { defineFinding } from './shared/finding.ts';
import { forgetConnections } from './shared/ways-out.ts';

export default defineFinding({
	...forgetConnections,
	code: 'BLOCK_TIMED',
	level: 'plain',
	order: 100,
	threads: ['Siflower/1806_SDK#47'],
	looksAt: ['conflicts'],
	evidence: ({ conflicts }) => timedRules(conflicts).map(ruleName),
	title: () => _('Rules with times can miss running connections'),
	means: () => _('A connection that is offloaded when the time begins goes on, because it no longer passes the rules.'),
	steps: () => [
		_('When such a time begins, make the router forget its connections with the command below.'),
		_('System → Scheduled Tasks can do so every day.'),
	],
});
