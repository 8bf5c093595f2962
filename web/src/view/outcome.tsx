// SPDX-License-Identifier: Apache-2.0
import type { Transaction, Uptime } from '../contract.ts';
import { endedAgo, modeBefore } from '../doctor/transaction.ts';
import { ago } from './format.ts';
import { FailureWords, Message } from './message.tsx';
import { modeName, offloading } from './words.ts';

/** Seconds after which a trial that ended well is no news any more. */
const NEWS = 600;

/** Whether the end of a transaction is still worth showing: a failure until the next one, a success for a while; a comparison has its own place. */
export function isNews(transaction: Transaction, now: Uptime): boolean {
	const seconds = endedAgo(transaction, now);
	return seconds !== null && (transaction.outcome === 'failed' || transaction.restored === false || (!transaction.measurement && seconds < NEWS));
}

function title(transaction: Transaction): string {
	if (transaction.measurement)
		return _('The measurement was broken off.');
	switch (transaction.outcome) {
	case 'kept': return _('%s is kept and saved.').format(offloading(transaction.mode));
	case 'failed': return _('%s was tried and failed.').format(offloading(transaction.mode));
	default:
		return transaction.decision === 'timeout'
			? _('Nobody answered in time: %s was taken back.').format(offloading(transaction.mode))
			: _('%s was taken back.').format(offloading(transaction.mode));
	}
}

function restoredWords(transaction: Transaction): string {
	const before = modeBefore(transaction);
	if (transaction.restored === null)
		return transaction.outcome === 'failed' ? _('Nothing had been changed yet.') : '';
	return before === null
		? _('The state from before is back, as seen in the kernel.')
		: _('The state from before is back, as seen in the kernel: %s.').format(modeName(before));
}

/** How the last transaction ended. */
export function Outcome({ transaction, now }: { transaction: Transaction; now: Uptime }) {
	const lost = transaction.restored === false;
	const level = lost ? 'bad' : transaction.outcome === 'failed' ? 'attention' : transaction.outcome === 'kept' ? 'good' : 'plain';
	const seconds = endedAgo(transaction, now);
	return (
		<Message level={level} title={title(transaction)} urgent={lost || transaction.outcome === 'failed'} code={transaction.error?.code ?? transaction.outcome ?? undefined}>
			{lost && (
				<p class="nfo-loud">
					<strong>{_('The state from before is NOT back. Look above at what is loaded now, and restart the service “firewall” under System → Startup.')}</strong>
				</p>
			)}
			{transaction.error && <FailureWords failure={transaction.error} />}
			{!lost && restoredWords(transaction) && <p>{restoredWords(transaction)}</p>}
			{transaction.warnings.map((warning) => <p key={warning} class="nfo-detail" dir="auto">{warning}</p>)}
			{seconds !== null && <p class="nfo-detail">{ago(seconds)}</p>}
		</Message>
	);
}
