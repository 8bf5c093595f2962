// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { join } from 'node:path';
import fc from 'fast-check';
import { createGenerator } from 'ts-json-schema-generator';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ConflictFacts, CoverageFacts, Status } from '../../web/src/contract.ts';
import { agreement } from '../../web/src/doctor/agreement.ts';
import { judgeCoverage } from '../../web/src/doctor/coverage.ts';
import { FINDINGS, findingsOf } from '../../web/src/doctor/findings/index.ts';
import type { Facts, Finding, FindingCode } from '../../web/src/doctor/findings/index.ts';
import { threadOf } from '../../web/src/doctor/findings/finding.ts';
import { EMPTY, remember } from '../../web/src/doctor/memory.ts';
import { findingWords } from '../../web/src/view/finding-words.ts';
import { OPTIONS, series, status, transaction } from './fixtures/status.ts';
import { FOUND, ROUTERS } from './fixtures/routers/index.ts';
import type { RouterName } from './fixtures/routers/index.ts';
import { installGlobals } from './luci.ts';

beforeAll(() => installGlobals());

const CODES = Object.keys(FINDINGS) as FindingCode[];
const codes = (facts: Facts): FindingCode[] => findingsOf(facts).map(({ code }) => code);

type Known = { [K in keyof Facts]: NonNullable<Facts[K]> };

/** A router with a change; coverage is judged anew. */
function changed(name: RouterName, change: (facts: Known) => void): Facts {
	const facts = structuredClone(ROUTERS[name]) as Known;
	change(facts);
	return { ...facts, judged: judgeCoverage(facts.coverage) };
}

const find = (facts: Facts, code: FindingCode): Finding | undefined => findingsOf(facts).find((finding) => finding.code === code);

describe('whole routers', () => {
	it.each(Object.keys(ROUTERS) as RouterName[])('%s', (name) => {
		expect(codes(ROUTERS[name])).toEqual(FOUND[name]);
	});

	it('show every code at least once, but what only time shows', () => {
		expect(CODES.filter((code) => !Object.values(FOUND).some((found) => found.includes(code)))).toEqual(['HARDWARE_FADED']);
	});
});

const list = (facts: Known, ...devices: string[]): void => {
	facts.coverage.loaded.flowtable!.devices.push(...devices);
};

/** Each finding with its evidence on a router, and what has to change for it to go. */
const ROWS: Record<FindingCode, [RouterName, evidence: string[], without: (facts: Known) => void, present?: (facts: Known) => void]> = {
	FIREWALL_LOST: ['firewall lost', ['flow_offloading_hw=1'], (x) => {
		x.status.asked.effective = OPTIONS.software;
	}],
	MODULES_MISSING: ['firewall lost', ['nf_flow_table_inet', 'nft_flow_offload'], (x) => {
		x.status.asked.effective = OPTIONS.off;
	}],
	HARDWARE_UNUSED: ['ipq40xx "hardware" without hardware', ['AVM FRITZ!Box 4040', '[OFFLOAD]: 96', '[HW_OFFLOAD]: 0'], (x) => {
		x.memory.symptoms = new Map();
	}],
	HARDWARE_FADED: ['ipq40xx "hardware" without hardware', ['AVM FRITZ!Box 4040', '[OFFLOAD]: 96', '[HW_OFFLOAD]: 0'], (x) => {
		x.memory.hardware = false;
	}, (x) => {
		x.memory.hardware = true;
	}],
	NO_GAIN: ['hardware refused', ['91 % / 91 %'], (x) => {
		x.status.transaction!.measurement!.phases[0]!.slow_packets = 500;
	}],
	TABLE_FULL: ['crowded', ['31800 / 32768'], (x) => {
		x.status.prerequisites.conntrack_count = 29_000;
	}],
	ACCOUNTING_OFF: ['hardware refused', ['nf_conntrack_acct = 0'], (x) => {
		x.status.prerequisites.accounting = null;
	}],
	COUNTER_NONE: ['22.03-style flowtable', ['OpenWrt 22.03.5'], (x) => {
		x.status.loaded.flowtable!.counter = true;
	}],
	COUNTER_LOST: ['hardware refused', ['OpenWrt 25.12.0'], (x) => {
		x.status.loaded.flowtable!.counter = true;
	}],
	KERNEL_DROPS: ['hardware refused', ['6.18.46'], (x) => {
		x.status.router.kernel = '6.18.44';
	}],
	PPPOE_SLOW: ['mt7621 PPPoE+VLAN', ['wan: pppoe-wan → wan.7 → wan'], (x) => list(x, 'wan')],
	TUNNEL_SLOW: ['WireGuard + IPv6 tunnel', ['henet: 6in4-henet', 'wg0: wg0'], (x) => list(x, 'wg0', '6in4-henet')],
	BRIDGE_SLOW: ['snapshot on 7.2, guests late', ['lan: br-lan → lan1, lan2'], (x) => list(x, 'lan1', 'lan2')],
	EMPTY_BRIDGE: ['DSA with late Wi-Fi', ['lxc: br-lxc'], (x) => list(x, 'br-lxc')],
	RAW_DEVICE: ['snapshot on 7.2, guests late', ['docker0: docker0 → veth1a2b3c'], (x) => list(x, 'veth1a2b3c')],
	LATE_PORT: ['DSA with late Wi-Fi', ['lan: phy1-ap0'], (x) => list(x, 'phy1-ap0')],
	LATE_NETWORK: ['snapshot on 7.2, guests late', ['guest: usb0'], (x) => list(x, 'usb0')],
	LISTED_GONE: ['snapshot on 7.2, guests late', ['eth9'], (x) => {
		x.coverage.loaded.flowtable!.devices = ['br-lan', 'wan'];
	}],
	DISAGREEMENT: ['crowded', ['wan →'], (x) => {
		x.agreements = x.agreements.filter(({ verdict }) => verdict !== 'COVERED_BUT_SLOW');
	}],
	HARDWARE_REFUSED: ['hardware refused', ['eth1: Error: Could not process rule: Operation not supported'], (x) => {
		x.status.asked.effective = OPTIONS.software;
	}],
	OVERSIZED: ['hardware refused', ['eth1: MTU 1480'], (x) => {
		x.coverage.zones[1]!.mtu_fix = true;
	}],
	TUNNELLED: ['WireGuard + IPv6 tunnel', ['office: ipsec0'], (x) => {
		x.coverage.networks.pop();
	}],
	NAT66: ['WireGuard + IPv6 tunnel', ['vpn'], (x) => {
		x.coverage.zones[2]!.masq6 = false;
	}],
	BRIDGED_WLAN: ['mt7621 PPPoE+VLAN', ['br-lan: lan1, lan2, phy1-ap0'], (x) => {
		x.coverage.links = x.coverage.links.filter(({ kind }) => kind !== 'wlan');
	}],
	KERNEL_CRASHED: ['snapshot on 7.2, guests late',
		['7.2.13', 'Unable to handle kernel paging request', 'pc : nf_flow_offload_ip_hook+0x1c4/0x5a8 [nf_flow_table]'], (x) => {
			x.conflicts.crashed = false;
		}],
	HARDWARE_STILL: ['filogic with WED and PPE', ['[HW_OFFLOAD]: 3'], (x) => {
		x.conflicts.flow_timeouts.udp = 120;
	}],
	HALF_BOUND: ['filogic with WED and PPE', ['ppe0/bind: 1', '192.168.1.20:51000>198.51.100.9:443'], (x) => {
		x.conflicts.bound[0]!.half_count = 0;
	}],
	ORPHANS: ['filogic with WED and PPE', ['ppe0/bind: 2', '192.168.1.11:38720>198.51.100.3:3578', '198.51.100.3:3578>203.0.113.7:38720'], (x) => {
		x.conflicts.bound = [];
	}],
	QOS_HARDWARE: ['crowded', ['qosmate'], (x) => {
		x.conflicts.services[0]!.enabled = false;
	}],
	QUEUE_STARVED: ['crowded', ['200: nfqws'], (x) => {
		x.conflicts.queues = [];
	}],
	WED_FIRMWARE: ['filogic with WED and PPE', ['mtk_wed_mcu_msg_send timed out, command 3: Error -110'], (x) => {
		x.conflicts.wed[0]!.enabled = false;
	}],
	KERNEL_LOG: ['crowded', ['mtk_ppe: failed to bind entry 14'], (x) => {
		x.conflicts.log = ['mtk_soc_eth 15100000.ethernet: PPE table at 0x0bc80000'];
	}],
	QOS_SOFTWARE: ['SQM + mwan3', ['sqm: wan (cake)', 'wan: cake', 'ifb4wan: cake'], (x) => {
		x.conflicts.sqm[0]!.enabled = false;
		x.conflicts.qdiscs = null;
	}],
	WLAN_LISTED: ['filogic with WED and PPE', ['phy0-ap0', 'phy1-ap0'], (x) => {
		x.conflicts.wlan_listed.pop();
	}],
	POLICY_ROUTING: ['SQM + mwan3', ['mwan3'], (x) => {
		x.conflicts.services[1]!.enabled = false;
	}],
	BLOCK_TIMED: ['SQM + mwan3', ['Kids <b>night</b> A4:83:E7:00:11:22'], (x) => {
		x.conflicts.blocks.shift();
	}],
	BLOCK_CLIENT: ['SQM + mwan3', ['TV 192.168.1.50 fd12::50'], (x) => {
		x.conflicts.blocks[1]!.target = 'ACCEPT';
	}],
	WED_IDLE: ['hardware refused', ['mt7915e'], (x) => {
		x.status.loaded.flowtable!.offload = true;
	}],
	OTHER_FLOWTABLE: ['crowded', ['ip filter ft'], (x) => {
		x.conflicts.other_flowtables = [];
	}],
	CAPTURE_BLIND: ['crowded', ['tcpdump'], (x) => {
		x.status.loaded.flowtable!.offload = false;
	}],
	LOCAL_TEST: ['crowded', ['iperf3'], (x) => {
		x.conflicts.observers.pop();
	}],
};

describe('each finding', () => {
	it.each(CODES)('%s: with its evidence, and not without', (code) => {
		const [name, evidence, without, present = () => undefined] = ROWS[code];
		const there = changed(name, present);
		expect(find(there, code)?.evidence).toEqual(evidence);
		const gone = changed(name, (facts) => {
			present(facts);
			without(facts);
		});
		expect(codes(gone)).not.toContain(code);
	});

	it('is not drawn from what was not surveyed', () => {
		for (const facts of Object.values(ROUTERS))
			expect(() => findingsOf({ ...facts, coverage: null, judged: null, conflicts: null })).not.toThrow();
		expect(codes({ ...ROUTERS.crowded, coverage: null, judged: null, conflicts: null })).toEqual(['TABLE_FULL']);
		expect(codes({ ...ROUTERS['mt7621 PPPoE+VLAN'], conflicts: null })).toEqual(FOUND['mt7621 PPPoE+VLAN']);
	});

	it('knows hardware that stopped from hardware that never was', () => {
		const moving = { rates: { software: { packets: 9000, bytes: 1e7 } }, pairs: [] };
		const after = (flows: { hardware: number; software: number }) => {
			const statuses = [...series(3, 'hardware', { ...moving, flows }), ...series(5, 'hardware', { ...moving, flows: { hardware: 0, software: 80 } }, {}, 1006)];
			return codes({ ...ROUTERS.crowded, coverage: null, conflicts: null, status: statuses.at(-1)!, memory: statuses.reduce(remember, EMPTY) });
		};
		expect(after({ hardware: 70, software: 10 })).toEqual(['HARDWARE_FADED']);
		expect(after({ hardware: 0, software: 80 })).toEqual(['HARDWARE_UNUSED']);
	});

	it('waits while the kernel is being changed', () => {
		const crowded = ROUTERS.crowded;
		const during = (step: 'reloading' | 'waiting') => codes({ ...crowded, status: { ...crowded.status, transaction: transaction('off', step) } });
		expect(during('reloading')).toEqual([]);
		expect(during('waiting')).toEqual(FOUND.crowded);
	});

	it('says how many there are when it shows only some', () => {
		const facts = changed('filogic with WED and PPE', ({ conflicts: { bound: [bound] } }) => {
			bound!.orphans = Array.from({ length: 40 }, (_, index) => `192.0.2.1:${index}>192.0.2.2:1`);
		});
		const { evidence, count } = find(facts, 'ORPHANS')!;
		expect([evidence.length, count]).toEqual([16, 41]);
	});

	it('are silent about bound connections without conntrack where bridger runs', () => {
		const with_ = (on: boolean) => changed('filogic with WED and PPE', ({ conflicts }) => {
			conflicts.services.push({ name: 'bridger', enabled: on });
		});
		expect(find(with_(true), 'ORPHANS')).toBeUndefined();
		expect(find(with_(false), 'ORPHANS')).toBeDefined();
	});
});

describe('ways out', () => {
	const command = (name: RouterName, code: FindingCode, change: (facts: Known) => void = () => undefined): string | undefined => find(changed(name, change), code)?.command;

	it('add to the live flowtable what is missing, with the flags that it has', () => {
		expect(command('mt7621 PPPoE+VLAN', 'PPPOE_SLOW')).toBe('nft add flowtable inet fw4 ft \'{ hook ingress priority 0; devices = { "wan" }; counter; }\'');
		expect(command('WireGuard + IPv6 tunnel', 'TUNNEL_SLOW', ({ status }) => {
			status.loaded.flowtable = { devices: [], offload: true, counter: false };
		})).toBe('nft add flowtable inet fw4 ft \'{ hook ingress priority 0; devices = { "6in4-henet", "wg0" }; flags offload; }\'');
	});

	it('leave a name alone that nft cannot write', () => {
		const hostile = 'wg"0\'$(reboot)';
		expect(command('WireGuard + IPv6 tunnel', 'TUNNEL_SLOW', ({ coverage: { networks, links } }) => {
			networks.find(({ name }) => name === 'wg0')!.l3_device = hostile;
			links.find(({ name }) => name === 'wg0')!.name = hostile;
		})).toBe('');
	});

	it('use the package manager of the release', () => {
		expect(command('mt7621 PPPoE+VLAN', 'BRIDGED_WLAN')).toBe('opkg update; opkg install bridger');
		expect(command('filogic with WED and PPE', 'BRIDGED_WLAN')).toBe('apk add -U bridger');
	});

	it('flush the clients that a rule blocks, or all where a client has no address', () => {
		expect(command('SQM + mwan3', 'BLOCK_CLIENT')).toBe('echo 192.168.1.50 > /proc/net/nf_conntrack; echo fd12::50 > /proc/net/nf_conntrack');
		for (const client of ['A4:83:E7:00:11:22', '192.168.1.0/24', '1.2.3.4; reboot', '!192.168.1.2'])
			expect(command('SQM + mwan3', 'BLOCK_CLIENT', ({ conflicts }) => {
				conflicts.blocks[1]!.clients.push(client);
			})).toBe('echo f > /proc/net/nf_conntrack');
	});
});

/** All that may ever be proposed to be typed. */
const COMMANDS = [
	/^$/,
	/^nft add flowtable inet fw4 ft '\{ hook ingress priority 0; devices = \{ "[\w.@-]+"(, "[\w.@-]+")* \};( flags offload;)?( counter;)? \}'$/,
	/^nft "replace rule inet fw4 forward handle \$\(nft -a list chain inet fw4 forward \| sed -n 's\/\.\*@ft\.\*handle \/\/p'\) meta l4proto \{ tcp, udp \} ct packets > 60 flow add @ft"$/,
	/^uci set firewall\.@defaults\[0\]\.flow_offloading=[01]; uci set firewall\.@defaults\[0\]\.flow_offloading_hw=[01]; uci commit firewall; \/etc\/init\.d\/firewall (reload|restart)$/,
	/^\/etc\/init\.d\/firewall reload$/,
	/^(opkg update; opkg install|apk add -U) (bridger|kmod-nft-offload)$/,
	/^sysctl -w net\.netfilter\.nf_conntrack_(acct=1|max=[1-9]\d*)$/,
	/^echo (f|[\da-fA-F.:]+) > \/proc\/net\/nf_conntrack(; echo [\da-fA-F.:]+ > \/proc\/net\/nf_conntrack)*$/,
	/^sed -i 's\/wed_enable=\[\^ \]\*\/wed_enable=N\/' \/etc\/modules\.conf \/etc\/modules\.d\/mt79\*; reboot$/,
	/^(dmesg|nft list flowtables)$/,
];

/** Throws on a finding that no page could show. */
function check(finding: Finding): void {
	const { code, level, evidence, count, command, page, threads } = finding;
	expect(['bad', 'attention', 'plain']).toContain(level);
	expect(evidence.length, code).toBeGreaterThan(0);
	expect(new Set(evidence).size, code).toBe(evidence.length);
	expect(count).toBeGreaterThanOrEqual(evidence.length);
	expect(COMMANDS.some((pattern) => pattern.test(command)), command).toBe(true);
	expect(page).toMatch(/^(admin(\/[a-z-]+)+)?$/);
	expect(command && page).toBe('');
	for (const { name, url } of threads) {
		expect(url).toMatch(/^https:\/\/(github\.com\/[\w-]+\/[\w-]+\/issues\/\d+|docs\.kernel\.org\/networking\/[\w-]+\.html)$/);
		expect(name).toMatch(/^([\w-]+\/[\w-]+#\d+|nf_[\w-]+)$/);
	}
	const { title, why, todo } = findingWords(finding);
	expect(title).toMatch(/^[A-Z].*[^.]$/);
	expect(why).toMatch(/^[A-Z].*\.$/);
	expect(todo).toMatch(/^([A-Z].*\.)?$/);
	if (command || page)
		expect(todo, code).not.toBe('');
}

/* ---- anything that the contract allows ---- */

interface Schema {
	$ref?: string;
	type?: string | string[];
	enum?: unknown[];
	const?: unknown;
	anyOf?: Schema[];
	items?: Schema | Schema[];
	maxItems?: number;
	properties?: Record<string, Schema>;
	required?: string[];
	additionalProperties?: boolean | Schema;
}

const schema = createGenerator({
	path: join(import.meta.dirname, '../../web/src/contract.ts'), tsconfig: join(import.meta.dirname, '../../tsconfig.json'), type: '*', skipTypeCheck: true,
}).createSchema('*');
const definitions = schema.definitions as Record<string, Schema>;

/** Names that meet each other, and names that mean harm. */
const STRINGS = fc.oneof(
	fc.constantFrom('lan', 'wan', 'br-lan', 'wan.7', 'pppoe-wan', 'wg0', 'phy0-ap0', 'REJECT', '192.168.1.7', '1', 'mwan3', 'qosmate', 'iperf3', 'mtk_wed: failed', '22.03.5', '6.18.45', '7.2.1'),
	fc.constantFrom('$(reboot)', '`reboot`', '"; }; reboot', '\'; reboot #', '<img src=x>', '\u0000\u001b[2J', '', '__proto__', 'constructor', '%s %d', 'a\nb'),
	fc.string({ maxLength: 20 }),
);
const NUMBERS = fc.oneof(fc.constantFrom(0, 1, 30, 1280, 1500, 65_536), fc.maxSafeInteger());

function anything(of: Schema, depth = 0): fc.Arbitrary<unknown> {
	if (of.$ref)
		return anything(definitions[decodeURIComponent(of.$ref.replace('#/definitions/', ''))]!, depth);
	if (of.enum)
		return fc.constantFrom(...of.enum);
	if (of.const !== undefined)
		return fc.constant(of.const);
	if (of.anyOf)
		return fc.oneof(...of.anyOf.map((one) => anything(one, depth)));
	if (Array.isArray(of.type))
		return fc.oneof(...of.type.map((type) => anything({ ...of, type }, depth)));
	switch (of.type) {
	case 'null': return fc.constant(null);
	case 'boolean': return fc.boolean();
	case 'string': return STRINGS;
	case 'number': case 'integer': return NUMBERS;
	case 'array': return Array.isArray(of.items) ? fc.tuple(...of.items.map((one) => anything(one, depth + 1)))
		: fc.array(anything(of.items ?? {}, depth + 1), { maxLength: depth < 2 ? 6 : 3 });
	case 'object': return fc.record(
		Object.fromEntries(Object.entries(of.properties ?? {}).map(([name, one]) => [name, anything(one, depth + 1)])),
		{ requiredKeys: of.required ?? [] },
	);
	default: throw new Error(`no arbitrary for ${JSON.stringify(of)}`);
	}
}

const arbitrary = <T>(name: string): fc.Arbitrary<T> => anything({ $ref: `#/definitions/${name}` }) as fc.Arbitrary<T>;

describe('random facts', () => {
	const seen = new Set<string>();

	/* In parts, so that vitest hears of it on a slow machine. */
	it.each([1, 2, 3, 4])('never make it throw, nor say anything that no page could show (%d)', (seed) => {
		const facts = fc.record({
			first: arbitrary<Status>('Status'), second: arbitrary<Status>('Status'), loaded: fc.boolean(),
			coverage: arbitrary<CoverageFacts>('CoverageFacts'), conflicts: arbitrary<ConflictFacts>('ConflictFacts'),
		});
		fc.assert(fc.property(facts, ({ first, second, loaded, coverage, conflicts }) => {
			/* Most of it needs a flowtable. */
			if (loaded)
				second.loaded = { ...status('software').loaded, flowtable: { ...status(coverage.zones.length % 2 ? 'software' : 'hardware').loaded.flowtable! } };
			const judged = judgeCoverage({ ...coverage, loaded: second.loaded });
			const memory = [first, second].reduce(remember, EMPTY);
			const window = memory.windows[0];
			for (const finding of findingsOf({ status: second, memory, coverage, judged, agreements: window ? agreement(judged, window.pairs, 100) : [], conflicts })) {
				check(finding);
				seen.add(finding.code);
			}
		}), { numRuns: 100, seed });
	}, 60_000);

	it('reach most of the findings', () => {
		expect(seen.size).toBeGreaterThan(25);
	});
});

describe('every code', () => {
	it('can be shown', () => {
		for (const facts of [...Object.values(ROUTERS), changed(ROWS.HARDWARE_FADED[0], ROWS.HARDWARE_FADED[3]!)])
			findingsOf(facts).forEach(check);
	});

	it('has a title of its own', () => {
		expect(new Set(CODES.map((code) => findingWords({ code } as Finding).title)).size).toBe(CODES.length);
	});

	it('is in docs/findings.md (if not: npx vitest run -u tests/unit/findings.test.ts)', async () => {
		const line = (code: FindingCode): string => {
			const [level, threads] = FINDINGS[code];
			const { title, why } = findingWords({ code } as Finding);
			return `| \`${code}\` | ${level} | ${title}. ${why} | ${threads.split(' ').map(threadOf).map(({ name, url }) => `[${name}](${url})`).join(', ')} |`;
		};
		const weight = { bad: 0, attention: 1, plain: 2 };
		const sorted = [...CODES].sort((a, b) => weight[FINDINGS[a][0]] - weight[FINDINGS[b][0]]);
		await expect(`# Findings

What is known to go wrong with offloading, and can be seen on a router. Each
finding names what was found on *this* router, and a way out: a command or a
page of LuCI. \`plain\` explains something, or can go wrong; \`attention\` wants a
look; \`bad\` is broken. Codes are stable. Nothing is found in what was not
surveyed, and only with a flowtable loaded, but for \`FIREWALL_LOST\` and
\`MODULES_MISSING\`.

| code | level | what and why | known from |
| --- | --- | --- | --- |
${sorted.map(line).join('\n')}
`).toMatchFileSnapshot('../../docs/findings.md');
	});
});
