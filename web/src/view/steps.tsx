// SPDX-License-Identifier: Apache-2.0
import type { Progress } from '../doctor/transaction.ts';

const STATE_WORDS: Record<Progress['state'], () => string> = {
	done: () => _('done'),
	now: () => _('under way'),
	ahead: () => _('not yet'),
	failed: () => _('failed'),
};

/** What a change goes through, step by step, and how far it has come. */
export function Steps({ steps }: { steps: { step: string; name: string; state: Progress['state'] }[] }) {
	return (
		<ol class="nfo-steps">
			{steps.map(({ step, name, state }) => (
				<li key={step} class={`nfo-step-${state}`} data-step={step} data-state={state} aria-current={state === 'now' ? 'step' : undefined}>
					{name} <span class="nfo-spoken">({STATE_WORDS[state]()})</span>
				</li>
			))}
		</ol>
	);
}
