// SPDX-License-Identifier: Apache-2.0
import type { ComponentChildren } from 'preact';
import { render } from 'preact';
import type { ConflictFacts, CoverageFacts, Refusal, Survey } from '../contract.ts';
import type { Diagnosis } from '../doctor/index.ts';
import { diagnose } from '../doctor/index.ts';
import { findingsOf } from '../doctor/findings/index.ts';
import { EMPTY, remember } from '../doctor/memory.ts';
import { factsOf } from '../doctor/survey.ts';
import * as ubus from '../ubus.ts';
import { direction, percent } from './format.ts';
import { Sign } from './icons.tsx';
import style from './style.css?inline';
import { headline, modeName } from './words.ts';

/** Refreshes between two looks at what changes seldom; LuCI refreshes every 5 s. */
const SELDOM = 12;

let root: HTMLElement | null = null;
let memory = EMPTY;
let coverage: CoverageFacts | null = null;
let conflicts: ConflictFacts | null = null;
let turn = 0;

function Card({ diagnosis: { loaded, working, share }, findings }: { diagnosis: Diagnosis; findings: number | null }) {
	const judgement = working.verdicts[0];
	const line = (name: string, value: ComponentChildren) => <tr class="tr"><td class="td left" width="33%">{name}</td><td class="td left">{value}</td></tr>;
	return (
		<div class="nfo">
			<style>{style}</style>
			<table class="table">
				{line(_('Mode'), modeName(loaded.mode))}
				{line(_('Working'), <span data-verdict={judgement?.code}><Sign level={working.level} /> {judgement && headline(judgement)}</span>)}
				{line(_('On the fast path'), share === null ? '–' : _('%s %%').format(percent(share)))}
				{line(_('What stands in the way'), <>{findings ?? '–'} · <a href={L.url('admin/network/nft-offload')}>{_('Open the page')}</a></>)}
			</table>
		</div>
	);
}

const factsIn = <F,>(reply: Survey<F> | Refusal): F | null => ('error' in reply ? null : reply.facts);

/** Looks at the router and draws what it sees, in one element for ever. Rejects with a TroubleError. */
export async function look(): Promise<HTMLElement> {
	const status = await ubus.status();
	memory = remember(memory, status);
	if (turn++ % SELDOM === 0 || !coverage || !conflicts)
		[coverage, conflicts] = [factsIn(await ubus.coverage()) ?? coverage, factsIn(await ubus.conflicts()) ?? conflicts];
	if (!root) {
		root = document.createElement('div');
		root.dir = direction();
	}
	const findings = coverage && conflicts && findingsOf(factsOf(status, memory, coverage, conflicts)).filter(({ level }) => level !== 'plain').length;
	render(<Card diagnosis={diagnose(status, memory)} findings={findings} />, root);
	return root;
}
