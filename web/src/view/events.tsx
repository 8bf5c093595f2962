// SPDX-License-Identifier: Apache-2.0
import { isRunning } from '../doctor/transaction.ts';
import * as ubus from '../ubus.ts';
import type { Actions } from './actions.ts';
import { Comparing } from './comparing.tsx';
import { uptimeNow } from './news.ts';
import type { Seen } from './news.ts';
import { isNews, Outcome } from './outcome.tsx';
import { Trial } from './trial.tsx';

/** The change that is under way, with its answers, or how the last one has ended. `actions`: null where the account may not answer. */
export function Events({ seen, actions }: { seen: Seen; actions: Actions | null }) {
	const { transaction, now } = seen.status;
	const pending = actions?.pending ?? false;
	const uptime = (): number => uptimeNow(seen);
	return (
		<div class="nfo-events" aria-live="polite">
			{isRunning(transaction)
				? transaction.measurement ? (
					<Comparing
						transaction={transaction} measurement={transaction.measurement} uptime={uptime} pending={pending}
						stop={actions && (() => actions.act(() => ubus.revert(transaction.id)))}
					/>
				) : (
					<Trial
						key={transaction.id} transaction={transaction} uptime={uptime} pending={pending}
						answer={actions && ((keep) => actions.act(() => (keep ? ubus.confirm : ubus.revert)(transaction.id), () => uptime() < (transaction.deadline ?? 0)))}
					/>
				)
				: transaction && isNews(transaction, now) && <Outcome key={transaction.id} transaction={transaction} now={now} />}
		</div>
	);
}
