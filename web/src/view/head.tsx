// SPDX-License-Identifier: Apache-2.0
import type { ComponentChildren } from 'preact';
import type { Actions } from './actions.ts';
import { explainTrouble } from './errors.ts';
import { Message, TroubleWords, Words } from './message.tsx';
import type { News } from './news.ts';
import { usePaused } from './paused.ts';
import { offloading } from './words.ts';

interface HeadProps {
	news: News;
	actions: Actions;
	/** What this tab is for. */
	children: ComponentChildren;
}

/** What stands at the head of every tab: its title, and whatever has to be known before anything below is believed. */
export function Head({ news: { seen, trouble }, actions: { refusal }, children }: HeadProps) {
	const paused = usePaused();
	const cutShort = seen?.cutShort;
	return (
		<>
			<h2>{_('Flow Offloading')}</h2>
			<div class="cbi-map-descr">{children}</div>
			{trouble && (
				<Message level={seen ? 'attention' : 'bad'} title={_('No news from the router')} code={trouble}><Words {...explainTrouble(trouble)} /></Message>
			)}
			{paused && !trouble && (
				<Message level="plain" title={_('Refreshing is paused')} code="PAUSED"><p>{_('What you see is from the moment when it was paused. The button “Paused” at the head of the page goes on.')}</p></Message>
			)}
			{refusal && (
				<Message level="attention" title={_('That was not done')} urgent code={typeof refusal === 'string' ? refusal : refusal.code}>
					<TroubleWords trouble={refusal} />
				</Message>
			)}
			{cutShort && (
				<Message level="attention" title={_('The router has restarted during the trial')} code="RESTARTED">
					<p>{(cutShort.saved ? _('%s was saved before that.') : _('%s was not saved, so the setting from before is back.')).format(offloading(cutShort.mode))}</p>
				</Message>
			)}
			{!seen && !trouble && <p class="spinning" role="status">{_('Asking the router…')}</p>}
		</>
	);
}
