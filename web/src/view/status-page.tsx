// SPDX-License-Identifier: Apache-2.0
import { useRef, useState } from 'preact/hooks';
import type { Mode } from '../contract.ts';
import { CONFIRM_TIMEOUT } from '../contract.ts';
import { MEASURE_SECONDS } from '../contract/measure.ts';
import { findingsOf } from '../doctor/findings/index.ts';
import { NO_HISTORY, record } from '../doctor/history.ts';
import { diagnose } from '../doctor/index.ts';
import { isCurrent, isCurrentCoverage } from '../doctor/current.ts';
import { factsOf } from '../doctor/survey.ts';
import { isRunning } from '../doctor/transaction.ts';
import * as ubus from '../ubus.ts';
import type { Actions } from './actions.ts';
import { useActions } from './actions.ts';
import { Chart } from './chart.tsx';
import { Choice } from './choice.tsx';
import { Compare } from './compare.tsx';
import { CoverageRoom } from './coverage.tsx';
import { Events } from './events.tsx';
import { Findings } from './findings.tsx';
import { Head } from './head.tsx';
import { lookedOf } from './looking.tsx';
import { TroubleWords } from './message.tsx';
import type { PageProps } from './mount.tsx';
import { useNews } from './news.ts';
import type { News, Seen } from './news.ts';
import { Picture } from './picture.tsx';
import { useOnScreen, useSurvey } from './survey.ts';
import { Tiles } from './tiles.tsx';

/** ms between two surveys of what changes seldom. */
const SELDOM = 30_000;

interface RoomsProps {
	seen: Seen;
	reachable: boolean;
	/** null: this account may not act. */
	actions: Actions | null;
}

/** What stands in the way, the last five minutes, before and after, and coverage. */
function Rooms({ seen: { status, memory }, reachable, actions }: RoomsProps) {
	const history = useRef(NO_HISTORY);
	if (status.now !== history.current.now)
		history.current = record(history.current, status, memory);

	/* once, and again when the ruleset is another; else only while somebody looks */
	const [place, visible] = useOnScreen<HTMLDivElement>();
	const key = `${memory.about} ${isRunning(status.transaction)}`;
	const { loaded } = status;
	const coverage = useSurvey({ ask: ubus.coverage, every: () => SELDOM, isCurrent: (one) => isCurrentCoverage(one, loaded), on: visible, key, once: true });
	const conflicts = useSurvey({ ask: ubus.conflicts, every: () => SELDOM, isCurrent: (one) => isCurrent(one, loaded), on: visible, key, once: true });

	const facts = factsOf(status, memory, coverage.facts, conflicts.facts);
	const trouble = coverage.trouble ?? conflicts.trouble;
	return (
		<div ref={place} class="nfo-room">
			<Findings findings={findingsOf(facts)} looked={lookedOf(facts.coverage !== null && facts.conflicts !== null, [coverage.facts, conflicts.facts], loaded)} />
			{trouble && <TroubleWords trouble={trouble} />}
			<Chart history={history.current} />
			<Compare
				status={status} pending={actions?.pending ?? false} reachable={reachable}
				measure={actions && (() => actions.act(() => ubus.measure(MEASURE_SECONDS.default)))}
			/>
			<CoverageRoom coverage={facts.judged} looked={lookedOf(facts.coverage !== null, [coverage.facts], loaded)} agreements={facts.agreements} />
		</div>
	);
}

/** Everything below the head, once the router has answered. */
function Answered({ seen, trouble, actions }: { seen: Seen; trouble: News['trouble']; actions: Actions | null }) {
	const [picked, pick] = useState<Mode | null>(null);
	const [length, setLength] = useState<number>(CONFIRM_TIMEOUT.default);
	const { status, memory } = seen;
	const diagnosis = diagnose(status, memory);
	const chosen = picked ?? diagnosis.asked.mode ?? 'off';
	const reachable = trouble === null;
	return (
		<>
			<Tiles status={status} diagnosis={diagnosis} />
			<Picture status={status} diagnosis={diagnosis} />
			<Events seen={seen} actions={actions} />
			<Choice
				status={status} asked={diagnosis.asked.mode} loaded={diagnosis.loaded.mode} chosen={chosen} length={length}
				pending={actions?.pending ?? false} reachable={reachable}
				actions={actions && { choose: pick, setLength, apply: () => actions.act(() => ubus.apply(chosen, length)) }}
			/>
			<Rooms seen={seen} reachable={reachable} actions={actions} />
		</>
	);
}

/** The tab Status: is it on, is it loaded, does it work, and what stands in the way. */
export function StatusPage({ writable }: PageProps) {
	const news = useNews();
	const actions = useActions(news.askNow);
	return (
		<div class={`nfo${news.seen && news.trouble ? ' nfo-stale' : ''}`}>
			<Head news={news} actions={actions}>
				{_('Established connections take a shortcut past the firewall, in software or in the network chip. Here is what this router really does.')}
			</Head>
			{news.seen && <Answered seen={news.seen} trouble={news.trouble} actions={writable ? actions : null} />}
		</div>
	);
}
