// SPDX-License-Identifier: Apache-2.0
import { hooked, useEffect, useRef, useState } from '../hooks.ts';
import type { Failure, Methods, Mode, Status } from '../contract.ts';
import { CONFIRM_TIMEOUT } from '../contract.ts';
import type { Rooms } from '../more.tsx';
import { diagnose } from '../doctor/index.ts';
import { EMPTY, remember } from '../doctor/memory.ts';
import type { Memory } from '../doctor/memory.ts';
import { isRunning } from '../doctor/transaction.ts';
import { poll } from '../poll.ts';
import type { Poller } from '../poll.ts';
import * as ubus from '../ubus.ts';
import type { Trouble } from '../ubus.ts';
import { Choice } from './choice.tsx';
import { explainTrouble } from './errors.ts';
import { Message, TroubleWords, Words } from './message.tsx';
import { isNews, Outcome } from './outcome.tsx';
import { Picture } from './picture.tsx';
import { trialCutShort } from './restart.ts';
import type { CutShort } from './restart.ts';
import { Tiles } from './tiles.tsx';
import { Comparing, Trial } from './trial.tsx';
import { offloading } from './words.ts';

/** ms until an answer to a trial that did not arrive is sent again. */
const AGAIN = 1000;

/** The last answer of the router, and what the doctor remembers. */
interface Seen {
	status: Status;
	memory: Memory;
	/** performance.now() when it came. */
	at: number;
	/** The trial that a restart of the router has ended. */
	cutShort: CutShort | null;
}

function see(before: Seen | null, status: Status): Seen {
	return {
		status,
		memory: remember(before?.memory ?? EMPTY, status),
		at: performance.now(),
		cutShort: trialCutShort(status) ?? (status.transaction ? null : before?.cutShort ?? null),
	};
}

/** The login page answers 403; anything else is ours again. */
const isLoggedIn = (): Promise<boolean> => fetch(window.location.href, { cache: 'no-store' }).then(({ ok }) => ok, () => false);

interface News {
	seen: Seen | null;
	trouble: Trouble | null;
	poller: Poller | null;
}

function useNews(): News {
	const [seen, setSeen] = useState<Seen | null>(null);
	const [trouble, setTrouble] = useState<Trouble | null>(null);
	const poller = useRef<Poller | null>(null);
	useEffect(() => {
		poller.current = poll({
			ask: ubus.status,
			isLoggedIn,
			onStatus: (status) => {
				setSeen((before) => see(before, status));
				setTrouble(null);
			},
			onTrouble: setTrouble,
			onLogin: () => window.location.reload(),
		});
		return () => poller.current?.stop();
	}, []);
	return { seen, trouble, poller: poller.current };
}

/** What is below the choice of a mode, once it is loaded. */
function useMore(seen: boolean): { Rooms?: typeof Rooms; trouble?: Trouble } {
	const [more, setMore] = useState<ReturnType<typeof useMore>>({});
	useEffect(() => {
		if (seen)
			/* What another version has left behind in the browser's cache asks for what is not there any more. */
			import('../more.tsx').then(({ Rooms }) => setMore({ Rooms }), () => setMore({ trouble: 'OTHER_VERSION' }));
	}, [seen]);
	return more;
}

/** The whole page. `writable`: the account may change the setting. */
export const Page = hooked(({ writable }: { writable: boolean }) => {
	const { seen, trouble, poller } = useNews();
	const more = useMore(seen !== null);
	const [picked, pick] = useState<Mode | null>(null);
	const [length, setLength] = useState<number>(CONFIRM_TIMEOUT.default);
	const [pending, setPending] = useState(false);
	const [refusal, setRefusal] = useState<Failure | Trouble | null>(null);

	/* `open`: a call that does not arrive is made again; of two that do the first counts, and what becomes of it is the outcome. */
	const act = (call: () => Promise<Methods['apply']['reply']>, open = () => false): void => {
		setPending(true);
		setRefusal(null);
		const ask = (again?: boolean): Promise<void> => call().then(
			(reply) => setRefusal('error' in reply && !again ? reply.error : null),
			(error: unknown) => {
				const why = error instanceof ubus.TroubleError ? error.trouble : 'UNREACHABLE';
				if ((why === 'UNREACHABLE' || why === 'NO_SERVICE') && open())
					return new Promise<true>((resolve) => { window.setTimeout(resolve, AGAIN, true); }).then(ask);
				return setRefusal(why);
			},
		);
		void ask().finally(() => {
			setPending(false);
			poller?.now();
		});
	};

	const head = (
		<>
			<h2>{_('Flow Offloading')}</h2>
			<div class="cbi-map-descr">{_('Established connections take a shortcut past the firewall, in software or in the network chip. Here is what this router really does.')}</div>
		</>
	);
	const news = trouble && (
		<Message level={seen ? 'attention' : 'bad'} title={_('No news from the router')} code={trouble}><Words {...explainTrouble(trouble)} /></Message>
	);
	if (!seen)
		return <div class="nfo">{head}{news ?? <p class="spinning" role="status">{_('Asking the router…')}</p>}</div>;

	const { status, memory, cutShort } = seen;
	const { transaction } = status;
	const diagnosis = diagnose(status, memory);
	const uptime = (): number => status.now + (performance.now() - seen.at) / 1000;
	const chosen = picked ?? diagnosis.asked.mode ?? 'off';
	return (
		<div class={`nfo${trouble ? ' nfo-stale' : ''}`}>
			{head}
			{news}
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
			<Tiles status={status} diagnosis={diagnosis} />
			<Picture status={status} diagnosis={diagnosis} />
			<div class="nfo-events" aria-live="polite">
				{isRunning(transaction)
					? transaction.measurement ? (
						<Comparing
							measurement={transaction.measurement} pending={pending}
							stop={writable ? () => act(() => ubus.revert(transaction.id)) : null}
						/>
					) : (
						<Trial
							key={transaction.id} transaction={transaction} uptime={uptime} pending={pending}
							answer={writable ? (keep) => act(() => (keep ? ubus.confirm : ubus.revert)(transaction.id), () => uptime() < (transaction.deadline ?? 0)) : null}
						/>
					)
					: transaction && isNews(transaction, status.now) && <Outcome key={transaction.id} transaction={transaction} now={status.now} />}
			</div>
			<Choice
				status={status} asked={diagnosis.asked.mode} loaded={diagnosis.loaded.mode} chosen={chosen} length={length}
				pending={pending} reachable={trouble === null}
				actions={writable ? { choose: pick, setLength, apply: () => act(() => ubus.apply(chosen, length)) } : null}
			/>
			{more.Rooms && <more.Rooms status={status} memory={memory} pending={pending} reachable={trouble === null} act={writable ? act : null} />}
			{more.trouble && <Message level="attention" title={_('The rest of this page cannot be loaded')} code={more.trouble}><Words {...explainTrouble(more.trouble)} /></Message>}
		</div>
	);
});
