// SPDX-License-Identifier: Apache-2.0
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { CoverageFacts, FlowRow, FlowsFacts, Status } from '../contract.ts';
import { isCurrent, isCurrentCoverage } from '../doctor/current.ts';
import { decodeFlow } from '../doctor/flow.ts';
import type { Flow, Shown } from '../doctor/coverage-types.ts';
import { reasonOf, shownPath } from '../doctor/reasons/index.ts';
import type { Reason } from '../doctor/reasons/index.ts';
import * as ubus from '../ubus.ts';
import { bitrate, integer, size, span } from './format.ts';
import { Heading } from './heading.tsx';
import { PathIcon, Sign } from './icons.tsx';
import { lookedOf, Looking } from './looking.tsx';
import { reasonWords, shownName } from './reason-words.ts';
import { TroubleWords } from './message.tsx';
import type { Query } from './query.ts';
import { useQuery } from './query.ts';
import { useOnScreen, useSurvey } from './survey.ts';
import { Head, host, row } from './table.tsx';
import { PATHS, pathName } from './words.ts';

/** Rows that are worked on at once, so that the browser stays responsive, and that are shown until somebody wants more. */
const CHUNK = 25;
/** ms after the last key until the router is asked, and between two looks that it would allow sooner. */
const TYPING = 400;
const RHYTHM = 3000;
/** Seconds between two looks that are worth telling. */
const RARE = 10;

/** A row with what the doctor says of it. */
interface Judged {
	flow: Flow;
	reason: Reason | null;
	shown: Shown;
}

function judge(row: FlowRow, facts: FlowsFacts, coverage: CoverageFacts | null, options: [string, string][]): Judged {
	const flow = decodeFlow(row);
	const reason = coverage && reasonOf(flow, coverage, options, facts.at);
	return { flow, reason, shown: reason ? shownPath(flow, reason) : flow.path };
}

/** An address with its port, as a URL would have them. */
const endpoint = (address: string, port: number): string => (!port ? address : `${address.includes(':') ? `[${address}]` : address}:${port}`);

/** The addresses that the router puts in place of those of the flow. */
function translation({ reply: { src, sport, dst, dport }, dnat, snat }: Flow): string {
	return [
		...snat ? [_('seen as %s').format(endpoint(dst, dport))] : [],
		...dnat ? [_('really to %s').format(endpoint(src, sport))] : [],
	].join(', ');
}

function badge(shown: Shown) {
	return (
		<span class={`nfo-badge ${shown === 'one way' ? 'nfo-attention' : ''}`} data-shown={shown}>
			{shown === 'one way' ? <Sign level="attention" /> : <PathIcon path={shown} />} {shownName(shown)}
		</span>
	);
}

const heads = (): string[] => [_('Path'), _('From'), _('To'), _('Protocol'), _('Rate'), _('Bytes'), _('Age'), _('Why slow')];

function cells({ flow, reason, shown }: Judged, hosts: Record<string, string>) {
	const { original, bytes: [sent, received], rate, age, exact } = flow;
	const translated = translation(flow);
	return [
		badge(shown),
		host(hosts[original.src], endpoint(original.src, original.sport)),
		[host(hosts[original.dst], endpoint(original.dst, original.dport)), translated && <span class="nfo-detail"> {translated}</span>],
		flow.protocol.toUpperCase(),
		rate === null ? '–' : bitrate(rate),
		sent === null && received === null ? '–' : <span title={`↑ ${size(sent ?? 0)} ↓ ${size(received ?? 0)}`}>{size((sent ?? 0) + (received ?? 0))}</span>,
		exact ? span(age) : age ? _('over %s').format(span(age)) : '–',
		reason ? reasonWords(reason) : '',
	];
}

/** Some rows of an answer. */
interface Part {
	/** The query that they answer, and where they stand in the answer. */
	key: string;
	rows: Judged[];
	hosts: Record<string, string>;
}

/** Rows on screen; as long as nobody sees them they may be those of an earlier answer to the same query. */
function Chunk({ part }: { part: Part }) {
	const [body, seen] = useOnScreen<HTMLTableSectionElement>();
	const shown = useRef<Part>(part);
	if (seen || part.rows.length !== shown.current.rows.length)
		shown.current = part;
	return useMemo(() => {
		const { rows, hosts } = shown.current, names = heads();
		return <tbody ref={body} role="rowgroup">{rows.map((judged) => row(names, cells(judged, hosts)))}</tbody>;
	}, [shown.current]);
}

/** Judges the first chunks of an answer in a task each, so that none of them is long. */
function useJudged(facts: FlowsFacts | null, wanted: number, coverage: CoverageFacts | null, options: [string, string][]): Part[] {
	const [chunks, setChunks] = useState<Part[]>([]);
	useEffect(() => {
		let timer: number | undefined;
		const work = (index: number): void => {
			const rows = facts?.rows.slice(index * CHUNK, (index + 1) * CHUNK) ?? [];
			if (!facts || !rows.length || index === wanted)
				return setChunks((before) => before.slice(0, index));
			const part = { key: JSON.stringify(facts.query) + index, rows: rows.map((row) => judge(row, facts, coverage, options)), hosts: facts.hosts };
			setChunks((before) => [...before.slice(0, index), part, ...before.slice(index + 1)]);
			timer = window.setTimeout(() => work(index + 1));
		};
		timer = window.setTimeout(() => work(0));
		return () => window.clearTimeout(timer);
	}, [facts, wanted, coverage === null]);
	return chunks;
}

function Filters({ zones, query, set }: { zones: string[]; query: Query; set: (part: Partial<Query>) => void }) {
	const timer = useRef<number | undefined>(undefined);
	const [typed, type] = useState(query.search);
	/* Back, or a link, may have changed it */
	useEffect(() => type(query.search), [query.search]);
	const selects: [name: keyof Query, label: string, choices: [value: string, text: string][]][] = [
		['path', _('Path'), PATHS.map((path) => [path, pathName(path)])],
		['protocol', _('Protocol'), [['tcp', 'TCP'], ['udp', 'UDP'], ['other', _('other')]]],
		['family', 'IP', [['ipv4', 'IPv4'], ['ipv6', 'IPv6']]],
		['zone', _('Zone'), zones.map((zone) => [zone, zone])],
	];
	const select = (name: keyof Query, label: string, choices: [string, string][]) => (
		<select key={name} aria-label={label} value={query[name]} onChange={(event) => set({ [name]: event.currentTarget.value })}>
			{choices.map(([value, text]) => <option key={value} value={value}>{text}</option>)}
		</select>
	);
	const search = _('Address, host name, :port, network');
	return (
		<div class="nfo-filters" role="search">
			<input
				type="search" maxLength={64} placeholder={search} aria-label={search} value={typed}
				onInput={({ currentTarget: { value } }) => {
					type(value);
					window.clearTimeout(timer.current);
					timer.current = window.setTimeout(() => set({ search: value.trim() }), TYPING);
				}}
			/>
			{selects.map(([name, label, choices]) => select(name, label, [['', `${label}: ${_('all')}`], ...choices]))}
			{select('sort', _('Order'), [['bytes', _('Bytes')], ['rate', _('Rate')], ['age', _('Age')]].map(([value = '', text = '']) => [value, `↓ ${text}`]))}
		</div>
	);
}

function count({ rows, matched, entries, every }: FlowsFacts): string {
	return [
		_('%s of %s').format(integer(rows.length), matched === null ? `≤ ${integer(entries)}` : integer(matched)),
		...every > RARE ? [_('This router takes its time: next look in %d s.').format(every)] : [],
	].join(' · ');
}

/** The connections of this router, each with its path and the reason for it. */
export function Explorer({ status, coverage }: { status: Status; coverage: CoverageFacts | null }) {
	const [room, visible] = useOnScreen<HTMLElement>();
	const [query, setQuery] = useQuery();
	const { facts, trouble } = useSurvey({ ask: () => ubus.flows(query), every: ({ every }) => Math.max(RHYTHM, every * 1000), on: visible, key: JSON.stringify(query) });
	const current = facts && (Object.keys(query) as (keyof Query)[]).every((name) => facts.query[name] === query[name]) ? facts : null;
	const [wanted, want] = useState(1);
	const { loaded } = status;
	const judgeable = facts !== null && isCurrent(facts, loaded) && coverage !== null && isCurrentCoverage(coverage, loaded);
	const chunks = useJudged(facts, wanted, judgeable ? coverage : null, status.watch?.slow?.options ?? []);
	const looked = lookedOf(current !== null && judgeable, [facts, coverage], loaded);
	const more = facts ? facts.rows.length - wanted * CHUNK : 0;
	const zones = [...new Set(status.networks.map(({ zone }) => zone))];
	return (
		<section ref={room} class="nfo-room" data-room="flows">
			<Heading level={3}>{_('Connections')}</Heading>
			<Filters zones={zones} query={query} set={setQuery} />
			{current && <p role="status" class="nfo-detail">{count(current)}</p>}
			{looked !== 'yes' && <Looking looked={looked} />}
			{trouble && <TroubleWords trouble={trouble} />}
			{facts && facts.rows.length > 0 && (
				<table class={`nfo-table nfo-flows${current ? '' : ' nfo-old'}`} role="table" aria-label={_('Connections')} aria-busy={!current}>
					<Head heads={heads()} />
					{chunks.map((part) => <Chunk key={part.key} part={part} />)}
				</table>
			)}
			{more > 0 && <div><button type="button" class="btn cbi-button" onClick={() => want(wanted + 1)}>{_('Show more (%d)').format(more)}</button></div>}
		</section>
	);
}
