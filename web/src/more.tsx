// SPDX-License-Identifier: Apache-2.0
/** What the page shows after its first paint; loaded by it, with its own Preact. */
import { hooked, useRef } from './hooks.ts';
import type { Methods, Status } from './contract.ts';
import { MEASURE_SECONDS } from './contract/measure.ts';
import { findingsOf } from './doctor/findings/index.ts';
import { NO_HISTORY, record } from './doctor/history.ts';
import type { Memory } from './doctor/memory.ts';
import { factsOf } from './doctor/survey.ts';
import { isRunning } from './doctor/transaction.ts';
import * as ubus from './ubus.ts';
import { Chart } from './view/chart.tsx';
import { Compare } from './view/compare.tsx';
import { CoverageRoom } from './view/coverage.tsx';
import { Explorer } from './view/explorer.tsx';
import { Findings } from './view/findings.tsx';
import { TroubleWords } from './view/message.tsx';
import { useOnScreen, useSurvey } from './view/survey.ts';
import style from './view/rooms.css?inline';

export { look } from './view/card.tsx';

/** ms between two surveys of what changes seldom. */
const SELDOM = 30_000;

export interface RoomsProps {
	status: Status;
	memory: Memory;
	pending: boolean;
	reachable: boolean;
	/** Carries out an action of the person; null: this account may not. */
	act: ((call: () => Promise<Methods['measure']['reply']>) => void) | null;
}

/** Everything below the choice of a mode. */
export const Rooms = hooked(({ status, memory, pending, reachable, act }: RoomsProps) => {
	const history = useRef(NO_HISTORY);
	if (status.now !== history.current.now)
		history.current = record(history.current, status, memory);

	const [place, visible] = useOnScreen<HTMLDivElement>();
	const { transaction } = status;
	/* Once, and again when the ruleset is another; else only while somebody looks. */
	const key = `${memory.about} ${isRunning(transaction)}`;
	const coverage = useSurvey(ubus.coverage, () => SELDOM, visible, key, true);
	const conflicts = useSurvey(ubus.conflicts, () => SELDOM, visible, key, true);

	const facts = factsOf(status, memory, coverage.facts, conflicts.facts);
	const trouble = coverage.trouble ?? conflicts.trouble;
	return (
		<>
			<style>{style}</style>
			<div ref={place} class="nfo-room">
				<Findings findings={findingsOf(facts)} looked={coverage.facts !== null && conflicts.facts !== null} />
				{trouble && <TroubleWords trouble={trouble} />}
				<Chart history={history.current} />
				<Compare status={status} pending={pending} reachable={reachable} measure={act && (() => act(() => ubus.measure(MEASURE_SECONDS.default)))} />
				<CoverageRoom coverage={facts.judged} agreements={facts.agreements} />
			</div>
			<Explorer status={status} coverage={coverage.facts} />
		</>
	);
});
