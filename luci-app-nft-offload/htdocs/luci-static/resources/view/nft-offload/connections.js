'use strict';
'require view as view';
'require nft-offload.preact-b8b2b6f2 as preact';
'require nft-offload.common-9300eee3 as common';

/*
 * Built by `npm run build`; do not edit. It is made from, and under the licence of:
 * - luci-app-nft-offload (Apache-2.0): web/src
 */

const { useState, createElement, useEffect, useRef, useMemo, Fragment } = preact;
const {
	ruleOf,
	linksOf,
	walk,
	slowBetween,
	isOutside,
	pathName,
	span,
	names,
	useOnScreen,
	useQuery,
	useSurvey,
	flows,
	isCurrent,
	isCurrentCoverage,
	lookedOf,
	Head,
	TroubleWords,
	Looking,
	Heading,
	row,
	integer,
	PATHS: PATHS$1,
	host,
	bitrate,
	size,
	Sign,
	PathIcon,
	groups,
	Table,
	useNews,
	useActions,
	Events,
	Head$1,
	coverage,
	mount,
} = common;
const PATHS = ['hardware', 'software', 'slow'];
const known = (count) => (count < 0 ? null : count);
function decodeFlow(row) {
	const [path, protocol, state, flags, timeout, src, sport, dst, dport, mirror, packets, back, bytes, bytesBack, rate, age, still] = row;
	const [from = dst, fromPort = dport, to = src, toPort = sport] = mirror === '' ? [] : mirror.split(' ');
	return {
		path: PATHS[path],
		family: src.includes(':') ? 'ipv6' : 'ipv4',
		protocol,
		state,
		assured: (flags & 1) > 0,
		unreplied: (flags & 2) > 0,
		dnat: (flags & 4) > 0,
		snat: (flags & 8) > 0,
		timeout: known(timeout),
		original: { src, sport, dst, dport },
		reply: { src: from, sport: Number(fromPort), dst: to, dport: Number(toPort) },
		packets: [known(packets), known(back)],
		bytes: [known(bytes), known(bytesBack)],
		rate: known(rate),
		age: age < 0 ? -1 - age : age,
		exact: age >= 0,
		still,
	};
}

const bits = (number, width) => number.toString(2).padStart(width, '0');
function bitsOf(address) {
	if (/^[\d.]+$/.test(address))
		return address
			.split('.')
			.map((byte) => bits(Number(byte), 8))
			.join('');
	if (!/^[\da-f.]*:[\da-f:.]*$/i.test(address)) return '';
	const [head, tail = ''] = address.split('::').map((half) =>
		half
			.split(':')
			.filter(Boolean)
			.map((group) => (group.includes('.') ? bitsOf(group) : bits(parseInt(group, 16), 16)))
			.join(''),
	);
	return head.padEnd(128 - tail.length, '0') + tail;
}
const LOCAL = '127.0.0.0/8 224.0.0.0/4 255.255.255.255/32 169.254.0.0/16 ::1/128 fe80::/10 ff00::/8';
const PRIVATE = '10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 fc00::/7';
const prefixOf = (cidr) => {
	const [address, length] = cidr.split('/');
	const all = bitsOf(address);
	return { prefix: all.slice(0, Number(length ?? all.length)), width: all.length };
};
const [local, hidden] = [LOCAL, PRIVATE].map((list) => list.split(' ').map(prefixOf));
function atlasOf({ networks, zones, own }) {
	const raw = zones.some(({ devices }) => devices.length);
	const prefixes = networks
		.flatMap((network) => [
			...network.addresses.map((address) => ({ ...prefixOf(address), network, own: true })),
			...network.subnets.map((cidr) => ({ ...prefixOf(cidr), network, own: false })),
		])
		.sort((a, b) => b.prefix.length - a.prefix.length);
	return (address) => {
		const all = bitsOf(address);
		const within = ({ prefix, width }) => prefix !== '' && width === all.length && all.startsWith(prefix);
		const found = prefixes.find(within);
		const outside = networks.filter((network) => network.default_route && network.up);
		const speaks = outside.filter((network) => prefixes.some((one) => one.network === network && one.width === all.length));
		const [first, ...others] = speaks.length ? speaks : outside;
		const told = others.every((other) => other.l3_device === first.l3_device) && !(raw && hidden.some(within));
		return {
			network: found?.network ?? ((told && first) || null),
			router: !!found?.own || own.includes(address) || local.some(within),
			guessed: !found,
		};
	};
}
function endsOf({ original, reply }, place) {
	const end = (address, nat) => {
		const there = place(address);
		const via = there.guessed ? place(nat) : there;
		return via.router && there.guessed ? { ...there, network: via.network } : there;
	};
	return { from: end(original.src, original.dst), to: end(reply.src, reply.dst) };
}

const contexts = /* @__PURE__ */ new WeakMap();
function contextOf(facts) {
	let context = contexts.get(facts);
	if (!context) {
		const rule = ruleOf(facts.kernel);
		const links = linksOf(facts);
		const sides = new Map(facts.networks.map(({ l3_device: l3 }) => [l3, l3 === null ? null : walk(links, l3, rule)]));
		context = {
			rule,
			listed: facts.loaded.flowtable?.devices ?? [],
			place: atlasOf(facts),
			side: (network) => (network && sides.get(network.l3_device)) ?? null,
		};
		contexts.set(facts, context);
	}
	return context;
}
function slowWays(from, to, { rule, listed, side }) {
	const way = (a, b) => {
		const out = side(a.network),
			into = side(b.network);
		const missing = out && into && slowBetween(out, into, rule, listed);
		if (!missing) return [];
		const [outside, other] = [a, b].map(({ network }) => isOutside(network ? [network] : []));
		return [
			{
				way: outside === other ? 'across' : outside ? 'in' : 'out',
				from: a.network?.name ?? '',
				to: b.network?.name ?? '',
				missing,
			},
		];
	};
	return [...way(from, to), ...way(to, from)];
}
function inquire(flow, facts, options, now) {
	const context = contextOf(facts);
	const { from, to } = endsOf(flow, context.place);
	const onRouter = from.router || to.router;
	const stays = from.network !== null && from.network.l3_device === to.network?.l3_device && !from.guessed && !flow.dnat && !flow.snat;
	return {
		flow,
		facts,
		options,
		now,
		from,
		to,
		onRouter,
		rule: context.rule,
		flagged: flow.path !== 'slow',
		within: stays ? from.network : null,
		slow: onRouter || !facts.loaded.flowtable ? [] : slowWays(from, to, context),
	};
}

const defineReason = (definition) => definition;

const OPENING = /^(NONE|SYN_|LISTEN)/;
const isClosing = (state) => !OPENING.test(state);

const closing = defineReason({
	code: 'CLOSING',
	order: 100,
	when: 'TCP that is being closed.',
	applies: ({ flow: { protocol, state } }) =>
		protocol === 'tcp' && state !== 'ESTABLISHED' && state !== '' && isClosing(state) ? { state } : null,
	words: ({ state }) => _('Closing (%s)').format(state),
});

const TAKES_ALL = /^meta l4proto \{ (tcp|6), (udp|17) \} (counter packets \d+ bytes \d+ )?flow (add|offload) @\w+$/;
const exempt = defineReason({
	code: 'EXEMPT',
	order: 150,
	when: "The rule that fills the flowtable takes fewer flows than firewall4's own.",
	applies: ({
		facts: {
			loaded: { rule },
		},
	}) => (rule !== null && !TAKES_ALL.test(rule.trim()) ? { rule } : null),
	words: ({ rule }) => _('The rule does not take it: %s').format(rule),
});

function wayWords({ way, from, to, missing }, { names }) {
	const where = way === 'in' ? _('on the way in') : way === 'out' ? _('on the way out') : _('from %s to %s').format(from || '?', to || '?');
	return missing.length ? _('%s (the flowtable lacks %s)').format(where, names(missing)) : where;
}
const slowWaysWords = ({ slow }, writing) => slow.map((way) => wayWords(way, writing)).join('; ');

const flaggedSlow = defineReason({
	code: 'FLAGGED_SLOW',
	order: 60,
	when: 'The kernel flags it, but in these directions its packets are slow: the flowtable lacks devices.',
	applies: ({ flagged, slow }) => (flagged && slow.length ? { slow } : null),
	words: (parameters, writing) => _('Flagged as offloaded, but slow %s').format(slowWaysWords(parameters, writing)),
});

const helper = defineReason({
	code: 'HELPER',
	order: 110,
	when: 'A conntrack helper reads it: FTP, SIP …',
	applies: ({ flow: { protocol, original }, facts: { helpers } }) => {
		const helper = helpers.find((one) => one.protocol === protocol && one.port === original.dport);
		return helper ? { helper: helper.name } : null;
	},
	words: ({ helper }) => _('The helper %s reads it').format(helper),
});

const KEPT_SECONDS = 30;
function idleSeconds({ protocol, state, timeout, assured }, { timeouts }) {
	const udp = timeouts[assured ? 'udp_stream' : 'udp'];
	const tcp = state === 'ESTABLISHED' ? timeouts.established : null;
	const full = protocol === 'tcp' ? tcp : udp;
	return full === null || timeout === null ? null : Math.max(0, full - timeout);
}
const idle = defineReason({
	code: 'IDLE',
	order: 140,
	when: `No packet since the ruleset was loaded, or for more than ${KEPT_SECONDS} s.`,
	applies: ({ flow, facts, now }) => {
		const seconds = idleSeconds(flow, facts),
			since = facts.loaded_since;
		const left = seconds !== null && (seconds > KEPT_SECONDS || (since !== null && seconds >= Math.max(1, now - since)));
		return left ? { seconds } : null;
	},
	words: ({ seconds }, { span }) => _('No packet for %s').format(span(seconds)),
});

const pairOf = (addresses) => addresses.map(bitsOf).sort().join();
const ipOptions = defineReason({
	code: 'IP_OPTIONS',
	order: 120,
	when: 'Packets with IPv4 options were seen between its ends.',
	/* the forward hook sees addresses after destination NAT and before source NAT */
	applies: ({ flow: { original, reply }, options }) => {
		const ends = pairOf([original.src, reply.src]);
		return options.some((pair) => pairOf(pair) === ends) ? {} : null;
	},
	words: () => _('Its packets have IPv4 options'),
});

const notCovered = defineReason({
	code: 'NOT_COVERED',
	order: 135,
	when: 'The flowtable lacks devices, for which this kernel refuses it; or they are lacking, and no other reason applies.',
	/* only the strict rule refuses a flow for its devices; the older one flags it all the same */
	applies: ({ rule, slow }) => (rule.strict && slow.length ? { slow } : null),
	otherwise: ({ slow }) => (slow.length ? { slow } : null),
	words: (parameters, writing) => _('Not covered %s').format(slowWaysWords(parameters, writing)),
});

const notEstablished = defineReason({
	code: 'NOT_ESTABLISHED',
	order: 90,
	when: 'TCP before it is established.',
	applies: ({ flow: { protocol, state } }) =>
		protocol === 'tcp' && state !== 'ESTABLISHED' && state !== '' && !isClosing(state) ? { state } : null,
	words: ({ state }) => _('Not established yet (%s)').format(state),
});

const notKnown = defineReason({
	code: 'NOT_KNOWN',
	order: 1e3,
	when: 'None of the above.',
	applies: () => null,
	otherwise: () => ({}),
	words: () => _('Not known'),
});

const off = defineReason({
	code: 'OFF',
	order: 10,
	when: 'No flowtable is loaded, or no rule fills it.',
	applies: ({ flagged, facts: { loaded } }) => (!flagged && (!loaded.flowtable || loaded.rule === null) ? {} : null),
	words: () => _('Offloading is off'),
});

const offloaded = defineReason({
	code: 'OFFLOADED',
	order: 80,
	when: 'The kernel flags it, and nothing says that a direction is slow.',
	applies: ({ flagged }) => (flagged ? {} : null),
	words: () => '',
});

const protocol = defineReason({
	code: 'PROTOCOL',
	order: 30,
	when: 'It is neither TCP nor UDP.',
	applies: ({ flagged, flow: { protocol } }) => (!flagged && protocol !== 'tcp' && protocol !== 'udp' ? { protocol } : null),
	words: ({ protocol }) => _('%s: only TCP and UDP can').format(protocol),
});

const router = defineReason({
	code: 'ROUTER',
	order: 40,
	when: 'It starts or ends on the router, or is never forwarded, as multicast.',
	applies: ({ flagged, onRouter, from }) => (!flagged && onRouter ? { end: from.router ? 'from' : 'to' } : null),
	words: ({ end }) => (end === 'from' ? _('Starts on the router') : _('Ends on the router')),
});

const sameNetwork = defineReason({
	code: 'SAME_NETWORK',
	order: 50,
	when: 'It stays inside one network. If it is flagged: a bridge forwards it and only shows it to the firewall.',
	applies: ({ flagged, within, facts: { bridged, links } }) => {
		if (!within) return null;
		const byBridge = bridged && links.some(({ name, kind }) => kind === 'bridge' && name === within.l3_device);
		return !flagged || byBridge ? { network: within.name } : null;
	},
	words: ({ network }) => _('Stays in %s').format(network),
});

const STILL_SECONDS = 60;
const still = defineReason({
	code: 'STILL',
	order: 70,
	when: `The kernel flags it, and its counters have stood still for ${STILL_SECONDS} s: the driver does not report.`,
	applies: ({ flagged, flow: { still } }) => (flagged && still >= STILL_SECONDS ? { seconds: still } : null),
	words: ({ seconds }, { span }) => _('Its counters have stood still for %s: the driver does not report').format(span(seconds)),
});

const tooYoung = defineReason({
	code: 'TOO_YOUNG',
	order: 130,
	when: 'It has sent one packet so far, or was never answered and no other reason applies.',
	applies: ({
		flow: {
			packets: [sent, answered],
			age,
		},
	}) => (sent !== null && sent + (answered ?? 0) <= 1 ? { seconds: age } : null),
	otherwise: ({ flow: { unreplied, age }, slow }) => (unreplied && !slow.length ? { seconds: age } : null),
	words: () => _('Has just begun'),
});

const CARRIES_PACKETS = /^(41?|47|5[01]|ipv6|ipip|ipencap|gre|esp|ah)$/;
const tunnel = defineReason({
	code: 'TUNNEL',
	order: 20,
	when: 'The outer packets of a tunnel that starts or ends on the router: 6in4, 6rd, GRE …',
	applies: ({ flagged, onRouter, flow: { protocol } }) => (!flagged && onRouter && CARRIES_PACKETS.test(protocol) ? { protocol } : null),
	words: ({ protocol }) => _('%s: a tunnel that ends on the router').format(protocol),
});

const REASONS = {
	CLOSING: closing,
	EXEMPT: exempt,
	FLAGGED_SLOW: flaggedSlow,
	HELPER: helper,
	IDLE: idle,
	IP_OPTIONS: ipOptions,
	NOT_COVERED: notCovered,
	NOT_ESTABLISHED: notEstablished,
	NOT_KNOWN: notKnown,
	OFF: off,
	OFFLOADED: offloaded,
	PROTOCOL: protocol,
	ROUTER: router,
	SAME_NETWORK: sameNetwork,
	STILL: still,
	TOO_YOUNG: tooYoung,
	TUNNEL: tunnel,
};

const SORTED = Object.entries(REASONS).sort(([, a], [, b]) => a.order - b.order);
function reasonOf(flow, facts, options, now) {
	const inquiry = inquire(flow, facts, options, now);
	for (const asked of ['applies', 'otherwise'])
		for (const [code, definition] of SORTED) {
			const parameters = definition[asked]?.(inquiry);
			if (parameters) return { code, ...parameters };
		}
	return { code: 'NOT_KNOWN' };
}
const reasonSentence = (reason, writing) => REASONS[reason.code].words(reason, writing);
function shownPath(flow, reason) {
	if (reason.code === 'FLAGGED_SLOW') return reason.slow.length > 1 ? 'slow' : 'one way';
	return reason.code === 'SAME_NETWORK' ? 'slow' : flow.path;
}

function shownName(shown) {
	return shown === 'one way' ? _('Slow one way') : pathName(shown);
}
const reasonWords = (reason) => reasonSentence(reason, { names, span });

const CHUNK = 25;
const TYPING = 400;
const RHYTHM$1 = 3e3;
const RARE = 10;
function judge(row2, facts, coverage, options) {
	const flow = decodeFlow(row2);
	const reason = coverage && reasonOf(flow, coverage, options, facts.at);
	return { flow, reason, shown: reason ? shownPath(flow, reason) : flow.path };
}
const endpoint = (address, port) => (!port ? address : `${address.includes(':') ? `[${address}]` : address}:${port}`);
function translation({ reply: { src, sport, dst, dport }, dnat, snat }) {
	return [
		...(snat ? [_('seen as %s').format(endpoint(dst, dport))] : []),
		...(dnat ? [_('really to %s').format(endpoint(src, sport))] : []),
	].join(', ');
}
function badge(shown) {
	return createElement(
		'span',
		{ class: `nfo-badge ${shown === 'one way' ? 'nfo-attention' : ''}`, 'data-shown': shown },
		shown === 'one way' ? createElement(Sign, { level: 'attention' }) : createElement(PathIcon, { path: shown }),
		' ',
		shownName(shown),
	);
}
const heads = () => [_('Path'), _('From'), _('To'), _('Protocol'), _('Rate'), _('Bytes'), _('Age'), _('Why slow')];
function cells({ flow, reason, shown }, hosts) {
	const {
		original,
		bytes: [sent, received],
		rate,
		age,
		exact,
	} = flow;
	const translated = translation(flow);
	return [
		badge(shown),
		host(hosts[original.src], endpoint(original.src, original.sport)),
		[
			host(hosts[original.dst], endpoint(original.dst, original.dport)),
			translated && createElement('span', { class: 'nfo-detail' }, ' ', translated),
		],
		flow.protocol.toUpperCase(),
		rate === null ? '–' : bitrate(rate),
		sent === null && received === null
			? '–'
			: createElement('span', { title: `↑ ${size(sent ?? 0)} ↓ ${size(received ?? 0)}` }, size((sent ?? 0) + (received ?? 0))),
		exact ? span(age) : age ? _('over %s').format(span(age)) : '–',
		reason ? reasonWords(reason) : '',
	];
}
function Chunk({ part }) {
	const [body, seen] = useOnScreen();
	const shown = useRef(part);
	if (seen || part.rows.length !== shown.current.rows.length) shown.current = part;
	return useMemo(() => {
		const { rows, hosts } = shown.current,
			names = heads();
		return createElement(
			'tbody',
			{ ref: body, role: 'rowgroup' },
			rows.map((judged) => row(names, cells(judged, hosts))),
		);
	}, [shown.current]);
}
function useJudged(facts, wanted, coverage, options) {
	const [chunks, setChunks] = useState([]);
	useEffect(() => {
		let timer;
		const work = (index) => {
			const rows = facts?.rows.slice(index * CHUNK, (index + 1) * CHUNK) ?? [];
			if (!facts || !rows.length || index === wanted) return setChunks((before) => before.slice(0, index));
			const part = {
				key: JSON.stringify(facts.query) + index,
				rows: rows.map((row2) => judge(row2, facts, coverage, options)),
				hosts: facts.hosts,
			};
			setChunks((before) => [...before.slice(0, index), part, ...before.slice(index + 1)]);
			timer = window.setTimeout(() => work(index + 1));
		};
		timer = window.setTimeout(() => work(0));
		return () => window.clearTimeout(timer);
	}, [facts, wanted, coverage === null]);
	return chunks;
}
function Filters({ zones, query, set }) {
	const timer = useRef(void 0);
	const [typed, type] = useState(query.search);
	useEffect(() => type(query.search), [query.search]);
	const selects = [
		['path', _('Path'), PATHS$1.map((path) => [path, pathName(path)])],
		[
			'protocol',
			_('Protocol'),
			[
				['tcp', 'TCP'],
				['udp', 'UDP'],
				['other', _('other')],
			],
		],
		[
			'family',
			'IP',
			[
				['ipv4', 'IPv4'],
				['ipv6', 'IPv6'],
			],
		],
		['zone', _('Zone'), zones.map((zone) => [zone, zone])],
	];
	const select = (name, label, choices) =>
		createElement(
			'select',
			{ key: name, 'aria-label': label, value: query[name], onChange: (event) => set({ [name]: event.currentTarget.value }) },
			choices.map(([value, text]) => createElement('option', { key: value, value }, text)),
		);
	const search = _('Address, host name, :port, network');
	return createElement(
		'div',
		{ class: 'nfo-filters', role: 'search' },
		createElement('input', {
			type: 'search',
			maxLength: 64,
			placeholder: search,
			'aria-label': search,
			value: typed,
			onInput: ({ currentTarget: { value } }) => {
				type(value);
				window.clearTimeout(timer.current);
				timer.current = window.setTimeout(() => set({ search: value.trim() }), TYPING);
			},
		}),
		selects.map(([name, label, choices]) => select(name, label, [['', `${label}: ${_('all')}`], ...choices])),
		select(
			'sort',
			_('Order'),
			[
				['bytes', _('Bytes')],
				['rate', _('Rate')],
				['age', _('Age')],
			].map(([value = '', text = '']) => [value, `↓ ${text}`]),
		),
	);
}
function count({ rows, matched, entries, every }) {
	return [
		_('%s of %s').format(integer(rows.length), matched === null ? `≤ ${integer(entries)}` : integer(matched)),
		...(every > RARE ? [_('This router takes its time: next look in %d s.').format(every)] : []),
	].join(' · ');
}
function Explorer({ status, coverage }) {
	const [room, visible] = useOnScreen();
	const [query, setQuery] = useQuery();
	const { facts, trouble } = useSurvey({
		ask: () => flows(query),
		every: ({ every }) => Math.max(RHYTHM$1, every * 1e3),
		on: visible,
		key: JSON.stringify(query),
	});
	const current = facts && Object.keys(query).every((name) => facts.query[name] === query[name]) ? facts : null;
	const [wanted, want] = useState(1);
	const { loaded } = status;
	const judgeable = facts !== null && isCurrent(facts, loaded) && coverage !== null && isCurrentCoverage(coverage, loaded);
	const chunks = useJudged(facts, wanted, judgeable ? coverage : null, status.watch?.slow?.options ?? []);
	const looked = lookedOf(current !== null && judgeable, [facts, coverage], loaded);
	const more = facts ? facts.rows.length - wanted * CHUNK : 0;
	const zones = [...new Set(status.networks.map(({ zone }) => zone))];
	return createElement(
		'section',
		{ ref: room, class: 'nfo-room', 'data-room': 'flows' },
		createElement(Heading, { level: 3 }, _('Connections')),
		createElement(Filters, { zones, query, set: setQuery }),
		current && createElement('p', { role: 'status', class: 'nfo-detail' }, count(current)),
		looked !== 'yes' && createElement(Looking, { looked }),
		trouble && createElement(TroubleWords, { trouble }),
		facts &&
			facts.rows.length > 0 &&
			createElement(
				'table',
				{ class: `nfo-table nfo-flows${current ? '' : ' nfo-old'}`, role: 'table', 'aria-label': _('Connections'), 'aria-busy': !current },
				createElement(Head, { heads: heads() }),
				chunks.map((part) => createElement(Chunk, { key: part.key, part })),
			),
		more > 0 &&
			createElement(
				'div',
				null,
				createElement(
					'button',
					{ type: 'button', class: 'btn cbi-button', onClick: () => want(wanted + 1) },
					_('Show more (%d)').format(more),
				),
			),
	);
}

const RHYTHM = 5e3;
const kinds = () => [
	['clients', _('Client')],
	['networks', _('Network')],
	['protocols', _('Protocol')],
];
function Share({ paths }) {
	const total = PATHS$1.reduce((sum, path) => sum + paths[path].bytes, 0);
	return createElement(
		'span',
		{ class: 'nfo-share', 'aria-hidden': 'true' },
		PATHS$1.map((path) =>
			createElement('span', { key: path, class: `nfo-path-${path}`, style: { flexGrow: total ? paths[path].bytes / total : 0 } }),
		),
	);
}
function Groups() {
	const [room, visible] = useOnScreen();
	const [open, setOpen] = useState(false);
	const [by, setBy] = useState('clients');
	const { facts, trouble } = useSurvey({ ask: groups, every: ({ every }) => Math.max(RHYTHM, every * 1e3), on: visible && open });
	const [, kind = ''] = kinds().find(([one]) => one === by) ?? [];
	const line = (row) => ({
		key: row.key,
		cells: [
			createElement(Fragment, null, row.key === '' ? _('all others') : host(row.host, row.key), createElement(Share, { ...row })),
			...PATHS$1.map((path) => (row.paths[path].flows ? `${integer(row.paths[path].flows)} · ${size(row.paths[path].bytes)}` : '–')),
		],
	});
	return createElement(
		'details',
		{ ref: room, class: 'nfo-room', 'data-room': 'groups', onToggle: (event) => setOpen(event.currentTarget.open) },
		createElement('summary', null, _('Who moves how much on which path')),
		createElement(
			'div',
			{ class: 'nfo-filters' },
			kinds().map(([one, name]) =>
				createElement(
					'button',
					{ key: one, type: 'button', class: 'btn cbi-button', 'aria-pressed': one === by, onClick: () => setBy(one) },
					name,
				),
			),
		),
		trouble && createElement(TroubleWords, { trouble }),
		!facts
			? createElement('p', { class: 'nfo-quiet' }, _('Asking the router…'))
			: createElement(Table, { label: kind, heads: [kind, ...PATHS$1.map(pathName)], lines: facts[by].map(line) }),
	);
}

const SELDOM = 3e4;
function Rooms({ seen: { status, memory } }) {
	const coverage$1 = useSurvey({
		ask: coverage,
		every: () => SELDOM,
		isCurrent: (facts) => isCurrentCoverage(facts, status.loaded),
		on: true,
		key: memory.about,
	});
	return createElement(Fragment, null, createElement(Explorer, { status, coverage: coverage$1.facts }), createElement(Groups, null));
}
function ConnectionsPage({ writable }) {
	const news = useNews();
	const actions = useActions(news.askNow);
	return createElement(
		'div',
		{ class: `nfo${news.seen && news.trouble ? ' nfo-stale' : ''}` },
		createElement(
			Head$1,
			{ news, actions },
			_('Every connection through this router, with the path that its packets take. A slow one says why.'),
		),
		news.seen && createElement(Events, { seen: news.seen, actions: writable ? actions : null }),
		news.seen && createElement(Rooms, { seen: news.seen }),
	);
}

const connections = view.extend({
	render: () => mount(ConnectionsPage),
	handleSaveApply: null,
	handleSave: null,
	handleReset: null,
});
return connections;
