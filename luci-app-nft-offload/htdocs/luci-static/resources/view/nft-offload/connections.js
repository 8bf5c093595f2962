'use strict';
'require view as view';
'require nft-offload.preact-7bcc8dc4 as preact';
'require nft-offload.common-f338107c as common';

/*
 * Built by `npm run build`; do not edit. It is made from, and under the licence of:
 * - luci-app-nft-offload (Apache-2.0): web/src
 */

const { useState, createElement, useEffect, useRef, useMemo, Fragment } = preact;
const { ruleOf, linksOf, walk, slowBetween, isOutside, pathName, span, names, useOnScreen, useQuery, useSurvey, flows, isCurrent, Head, TroubleWords, Looking, row, integer, PATHS: PATHS$1, host, bitrate, size, Sign, PathIcon, groups, Table, useNews, useActions, Events, Head$1, coverage, isCurrentCoverage, mount } = common;
const PATHS = ["hardware", "software", "slow"];
const known = (count) => count < 0 ? null : count;
function decodeFlow(row) {
	const [path, protocol, state, flags, timeout, src, sport, dst, dport, mirror, packets, back, bytes, bytesBack, rate, age, still] = row;
	const [from = dst, fromPort = dport, to = src, toPort = sport] = mirror === "" ? [] : mirror.split(" ");
	return {
		path: PATHS[path],
		family: src.includes(":") ? "ipv6" : "ipv4",
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
		still
	};
}

const bits = (number, width) => number.toString(2).padStart(width, "0");
function bitsOf(address) {
	if (/^[\d.]+$/.test(address))
		return address.split(".").map((byte) => bits(Number(byte), 8)).join("");
	if (!/^[\da-f.]*:[\da-f:.]*$/i.test(address))
		return "";
	const [head, tail = ""] = address.split("::").map((half) => half.split(":").filter(Boolean).map((group) => group.includes(".") ? bitsOf(group) : bits(parseInt(group, 16), 16)).join(""));
	return head.padEnd(128 - tail.length, "0") + tail;
}
const LOCAL = "127.0.0.0/8 224.0.0.0/4 255.255.255.255/32 169.254.0.0/16 ::1/128 fe80::/10 ff00::/8";
const PRIVATE = "10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 fc00::/7";
const prefixOf = (cidr) => {
	const [address, length] = cidr.split("/");
	const all = bitsOf(address);
	return { prefix: all.slice(0, Number(length ?? all.length)), width: all.length };
};
const [local, hidden] = [LOCAL, PRIVATE].map((list) => list.split(" ").map(prefixOf));
function atlasOf({ networks, zones, own }) {
	const raw = zones.some(({ devices }) => devices.length);
	const prefixes = networks.flatMap((network) => [
		...network.addresses.map((address) => ({ ...prefixOf(address), network, own: true })),
		...network.subnets.map((cidr) => ({ ...prefixOf(cidr), network, own: false }))
	]).sort((a, b) => b.prefix.length - a.prefix.length);
	return (address) => {
		const all = bitsOf(address);
		const within = ({ prefix, width }) => prefix !== "" && width === all.length && all.startsWith(prefix);
		const found = prefixes.find(within);
		const outside = networks.filter((network) => network.default_route && network.up);
		const speaks = outside.filter((network) => prefixes.some((one) => one.network === network && one.width === all.length));
		const [first, ...others] = speaks.length ? speaks : outside;
		const told = others.every((other) => other.l3_device === first.l3_device) && !(raw && hidden.some(within));
		return {
			network: found?.network ?? (told && first || null),
			router: !!found?.own || own.includes(address) || local.some(within),
			guessed: !found
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

const STILL = 60;
const KEPT = 30;
const OPENING = /^(NONE|SYN_|LISTEN)/;
const TUNNEL = /^(41?|47|5[01]|ipv6|ipip|ipencap|gre|esp|ah)$/;
const RULE = /^meta l4proto \{ (tcp|6), (udp|17) \} (counter packets \d+ bytes \d+ )?flow (add|offload) @\w+$/;
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
			side: (network) => (network && sides.get(network.l3_device)) ?? null
		};
		contexts.set(facts, context);
	}
	return context;
}
function slowWays(from, to, { rule, listed, side }) {
	const way = (a, b) => {
		const [out, into] = [side(a.network), side(b.network)];
		const missing = out && into && slowBetween(out, into, rule, listed);
		if (!missing)
			return [];
		const [outside, other] = [a, b].map(({ network }) => isOutside(network ? [network] : []));
		return [{
			way: outside === other ? "across" : outside ? "in" : "out",
			from: a.network?.name ?? "",
			to: b.network?.name ?? "",
			missing
		}];
	};
	return [...way(from, to), ...way(to, from)];
}
function idleOf({ protocol, state, timeout, assured }, { timeouts }) {
	const full = protocol !== "tcp" ? timeouts[assured ? "udp_stream" : "udp"] : state === "ESTABLISHED" ? timeouts.established : null;
	return full === null || timeout === null ? null : Math.max(0, full - timeout);
}
function reasonOf(flow, facts, options, now) {
	const { loaded, helpers, loaded_since: since } = facts;
	const { path, protocol, state, original, reply, packets } = flow;
	const context = contextOf(facts);
	const { from, to } = endsOf(flow, context.place);
	const router = from.router || to.router;
	const slow = router || !loaded.flowtable ? [] : slowWays(from, to, context);
	const inner = from.network;
	const same = inner && inner.l3_device === to.network?.l3_device && !from.guessed && !flow.dnat && !flow.snat && { code: "SAME_NETWORK", network: inner.name };
	if (path !== "slow")
		return same && facts.bridged && facts.links.some(({ name, kind }) => kind === "bridge" && name === inner.l3_device) ? same : slow.length ? { code: "FLAGGED_SLOW", slow } : flow.still >= STILL ? { code: "STILL", seconds: flow.still } : { code: "OFFLOADED" };
	if (!loaded.flowtable || loaded.rule === null)
		return { code: "OFF" };
	if (protocol !== "tcp" && protocol !== "udp")
		return { code: router && TUNNEL.test(protocol) ? "TUNNEL" : "PROTOCOL", protocol };
	if (router)
		return { code: "ROUTER", end: from.router ? "from" : "to" };
	if (same)
		return same;
	if (protocol === "tcp" && state !== "ESTABLISHED" && state !== "")
		return { code: OPENING.test(state) ? "NOT_ESTABLISHED" : "CLOSING", state };
	const helper = helpers.find((one) => one.protocol === protocol && one.port === original.dport);
	if (helper)
		return { code: "HELPER", helper: helper.name };
	const ends = [bitsOf(original.src), bitsOf(reply.src)].sort().join();
	if (options.some((pair) => pair.map(bitsOf).sort().join() === ends))
		return { code: "IP_OPTIONS" };
	const young = { code: "TOO_YOUNG", seconds: flow.age };
	if (packets[0] !== null && packets[0] + (packets[1] ?? 0) <= 1)
		return young;
	if (slow.length && context.rule.strict)
		return { code: "NOT_COVERED", slow };
	const idle = idleOf(flow, facts);
	if (idle !== null && (idle > KEPT || since !== null && idle >= Math.max(1, now - since)))
		return { code: "IDLE", seconds: idle };
	if (!RULE.test(loaded.rule.trim()))
		return { code: "EXEMPT", rule: loaded.rule };
	if (slow.length)
		return { code: "NOT_COVERED", slow };
	return flow.unreplied ? young : { code: "NOT_KNOWN" };
}
function shownPath(flow, reason) {
	return reason.code === "FLAGGED_SLOW" ? reason.slow.length > 1 ? "slow" : "one way" : reason.code === "SAME_NETWORK" ? "slow" : flow.path;
}

function shownName(shown) {
	return shown === "one way" ? _("Slow one way") : pathName(shown);
}
function wayWords({ way, from, to, missing }) {
	const where = way === "in" ? _("on the way in") : way === "out" ? _("on the way out") : _("from %s to %s").format(from || "?", to || "?");
	return missing.length ? _("%s (the flowtable lacks %s)").format(where, names(missing)) : where;
}
const ways = (slow) => slow.map(wayWords).join("; ");
const REASON = {
	OFFLOADED: () => "",
	FLAGGED_SLOW: ({ slow }) => _("Flagged as offloaded, but slow %s").format(ways(slow)),
	STILL: ({ seconds }) => _("Its counters have stood still for %s: the driver does not report").format(span(seconds)),
	OFF: () => _("Offloading is off"),
	PROTOCOL: ({ protocol }) => _("%s: only TCP and UDP can").format(protocol),
	TUNNEL: ({ protocol }) => _("%s: a tunnel that ends on the router").format(protocol),
	NOT_ESTABLISHED: ({ state }) => state ? _("Not established yet (%s)").format(state) : _("No answer yet"),
	CLOSING: ({ state }) => _("Closing (%s)").format(state),
	HELPER: ({ helper }) => _("The helper %s reads it").format(helper),
	ROUTER: ({ end }) => end === "from" ? _("Starts on the router") : _("Ends on the router"),
	SAME_NETWORK: ({ network }) => _("Stays in %s").format(network),
	NOT_COVERED: ({ slow }) => _("Not covered %s").format(ways(slow)),
	IP_OPTIONS: () => _("Its packets have IPv4 options"),
	IDLE: ({ seconds }) => _("No packet for %s").format(span(seconds)),
	TOO_YOUNG: () => _("Has just begun"),
	EXEMPT: ({ rule }) => _("The rule does not take it: %s").format(rule),
	NOT_KNOWN: () => _("Not known")
};
function reasonWords(reason) {
	return REASON[reason.code](reason);
}

const CHUNK = 25;
const TYPING = 400;
const RHYTHM$1 = 3e3;
const RARE = 10;
function judge(row2, facts, coverage, options) {
	const flow = decodeFlow(row2);
	const reason = coverage && reasonOf(flow, coverage, options, facts.at);
	return { flow, reason, shown: reason ? shownPath(flow, reason) : flow.path };
}
const endpoint = (address, port) => !port ? address : `${address.includes(":") ? `[${address}]` : address}:${port}`;
function translation({ reply: { src, sport, dst, dport }, dnat, snat }) {
	return [
		...snat ? [_("seen as %s").format(endpoint(dst, dport))] : [],
		...dnat ? [_("really to %s").format(endpoint(src, sport))] : []
	].join(", ");
}
function badge(shown) {
	return createElement("span", { class: `nfo-badge ${shown === "one way" ? "nfo-attention" : ""}`, "data-shown": shown }, shown === "one way" ? createElement(Sign, { level: "attention" }) : createElement(PathIcon, { path: shown }), " ", shownName(shown));
}
const heads = () => [_("Path"), _("From"), _("To"), _("Protocol"), _("Rate"), _("Bytes"), _("Age"), _("Why slow")];
function cells({ flow, reason, shown }, hosts) {
	const { original, bytes: [sent, received], rate, age, exact } = flow;
	const translated = translation(flow);
	return [
		badge(shown),
		host(hosts[original.src], endpoint(original.src, original.sport)),
		[host(hosts[original.dst], endpoint(original.dst, original.dport)), translated && createElement("span", { class: "nfo-detail" }, " ", translated)],
		flow.protocol.toUpperCase(),
		rate === null ? "–" : bitrate(rate),
		sent === null && received === null ? "–" : createElement("span", { title: `↑ ${size(sent ?? 0)} ↓ ${size(received ?? 0)}` }, size((sent ?? 0) + (received ?? 0))),
		exact ? span(age) : age ? _("over %s").format(span(age)) : "–",
		reason ? reasonWords(reason) : ""
	];
}
function Chunk({ part }) {
	const [body, seen] = useOnScreen();
	const shown = useRef(part);
	if (seen || part.rows.length !== shown.current.rows.length)
		shown.current = part;
	return useMemo(() => {
		const { rows, hosts } = shown.current, names = heads();
		return createElement("tbody", { ref: body, role: "rowgroup" }, rows.map((judged) => row(names, cells(judged, hosts))));
	}, [shown.current]);
}
function useJudged(facts, wanted, coverage, options) {
	const [chunks, setChunks] = useState([]);
	useEffect(() => {
		let timer;
		const work = (index) => {
			const rows = facts?.rows.slice(index * CHUNK, (index + 1) * CHUNK) ?? [];
			if (!facts || !rows.length || index === wanted)
				return setChunks((before) => before.slice(0, index));
			const part = { key: JSON.stringify(facts.query) + index, rows: rows.map((row2) => judge(row2, facts, coverage, options)), hosts: facts.hosts };
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
		["path", _("Path"), PATHS$1.map((path) => [path, pathName(path)])],
		["protocol", _("Protocol"), [["tcp", "TCP"], ["udp", "UDP"], ["other", _("other")]]],
		["family", "IP", [["ipv4", "IPv4"], ["ipv6", "IPv6"]]],
		["zone", _("Zone"), zones.map((zone) => [zone, zone])]
	];
	const select = (name, label, choices) => createElement("select", { key: name, "aria-label": label, value: query[name], onChange: (event) => set({ [name]: event.currentTarget.value }) }, choices.map(([value, text]) => createElement("option", { key: value, value }, text)));
	const search = _("Address, host name, :port, network");
	return createElement("div", { class: "nfo-filters", role: "search" }, createElement(
		"input",
		{
			type: "search",
			maxLength: 64,
			placeholder: search,
			"aria-label": search,
			value: typed,
			onInput: ({ currentTarget: { value } }) => {
				type(value);
				window.clearTimeout(timer.current);
				timer.current = window.setTimeout(() => set({ search: value.trim() }), TYPING);
			}
		}
	), selects.map(([name, label, choices]) => select(name, label, [["", `${label}: ${_("all")}`], ...choices])), select("sort", _("Order"), [["bytes", _("Bytes")], ["rate", _("Rate")], ["age", _("Age")]].map(([value = "", text = ""]) => [value, `↓ ${text}`])));
}
function count({ rows, matched, entries, every }) {
	return [
		_("%s of %s").format(integer(rows.length), matched === null ? `≤ ${integer(entries)}` : integer(matched)),
		...every > RARE ? [_("This router takes its time: next look in %d s.").format(every)] : []
	].join(" · ");
}
function Explorer({ status, coverage }) {
	const [room, visible] = useOnScreen();
	const [query, setQuery] = useQuery();
	const { facts, trouble } = useSurvey({ ask: () => flows(query), every: ({ every }) => Math.max(RHYTHM$1, every * 1e3), on: visible, key: JSON.stringify(query) });
	const current = facts && Object.keys(query).every((name) => facts.query[name] === query[name]) ? facts : null;
	const [wanted, want] = useState(1);
	const judgeable = facts !== null && isCurrent(facts, status.loaded) && coverage !== null;
	const chunks = useJudged(facts, wanted, judgeable ? coverage : null, status.watch?.slow?.options ?? []);
	const more = facts ? facts.rows.length - wanted * CHUNK : 0;
	const zones = [...new Set(status.networks.map(({ zone }) => zone))];
	return createElement("section", { ref: room, class: "nfo-room", "data-room": "flows" }, createElement("h3", null, _("Connections")), createElement(Filters, { zones, query, set: setQuery }), current && createElement("p", { role: "status", class: "nfo-detail" }, count(current)), (!current || !judgeable) && createElement(Looking, { looked: current ? "not since" : "not yet" }), trouble && createElement(TroubleWords, { trouble }), facts && facts.rows.length > 0 && createElement("table", { class: `nfo-table nfo-flows${current ? "" : " nfo-old"}`, role: "table", "aria-label": _("Connections"), "aria-busy": !current }, createElement(Head, { heads: heads() }), chunks.map((part) => createElement(Chunk, { key: part.key, part }))), more > 0 && createElement("div", null, createElement("button", { type: "button", class: "btn cbi-button", onClick: () => want(wanted + 1) }, _("Show more (%d)").format(more))));
}

const RHYTHM = 5e3;
const kinds = () => [["clients", _("Client")], ["networks", _("Network")], ["protocols", _("Protocol")]];
function Share({ paths }) {
	const total = PATHS$1.reduce((sum, path) => sum + paths[path].bytes, 0);
	return createElement("span", { class: "nfo-share", "aria-hidden": "true" }, PATHS$1.map((path) => createElement("span", { key: path, class: `nfo-path-${path}`, style: { flexGrow: total ? paths[path].bytes / total : 0 } })));
}
function Groups() {
	const [room, visible] = useOnScreen();
	const [open, setOpen] = useState(false);
	const [by, setBy] = useState("clients");
	const { facts, trouble } = useSurvey({ ask: groups, every: ({ every }) => Math.max(RHYTHM, every * 1e3), on: visible && open });
	const [, kind = ""] = kinds().find(([one]) => one === by) ?? [];
	const line = (row) => ({
		key: row.key,
		cells: [
			createElement(Fragment, null, row.key === "" ? _("all others") : host(row.host, row.key), createElement(Share, { ...row })),
			...PATHS$1.map((path) => row.paths[path].flows ? `${integer(row.paths[path].flows)} · ${size(row.paths[path].bytes)}` : "–")
		]
	});
	return createElement("details", { ref: room, class: "nfo-room", "data-room": "groups", onToggle: (event) => setOpen(event.currentTarget.open) }, createElement("summary", null, _("Who moves how much on which path")), createElement("div", { class: "nfo-filters" }, kinds().map(([one, name]) => createElement("button", { key: one, type: "button", class: "btn cbi-button", "aria-pressed": one === by, onClick: () => setBy(one) }, name))), trouble && createElement(TroubleWords, { trouble }), !facts ? createElement("p", { class: "nfo-quiet" }, _("Asking the router…")) : createElement(Table, { label: kind, heads: [kind, ...PATHS$1.map(pathName)], lines: facts[by].map(line) }));
}

const SELDOM = 3e4;
function Rooms({ seen: { status, memory } }) {
	const coverage$1 = useSurvey({ ask: coverage, every: () => SELDOM, isCurrent: (facts) => isCurrentCoverage(facts, status.loaded), on: true, key: memory.about });
	const current = coverage$1.facts && isCurrentCoverage(coverage$1.facts, status.loaded) ? coverage$1.facts : null;
	return createElement(Fragment, null, createElement(Explorer, { status, coverage: current }), createElement(Groups, null));
}
function ConnectionsPage({ writable }) {
	const news = useNews();
	const actions = useActions(news.askNow);
	return createElement("div", { class: `nfo${news.seen && news.trouble ? " nfo-stale" : ""}` }, createElement(Head$1, { news, actions }, _("Every connection through this router, with the path that its packets take. A slow one says why.")), news.seen && createElement(Events, { seen: news.seen, actions: writable ? actions : null }), news.seen && createElement(Rooms, { seen: news.seen }));
}

const connections = view.extend({
	render: () => mount(ConnectionsPage),
	handleSaveApply: null,
	handleSave: null,
	handleReset: null
});
return connections;
