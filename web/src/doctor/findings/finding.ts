// SPDX-License-Identifier: Apache-2.0
import type { ConflictFacts, CoverageFacts, Status } from '../../contract.ts';
import type { Agreement, Coverage } from '../coverage-types.ts';
import type { Memory } from '../memory.ts';
import type { Level } from '../verdict.ts';
import type { FindingCode } from './index.ts';

/** What findings are drawn from. What was not surveyed yet is null, and nothing is found in it. */
export interface Facts {
	status: Status;
	memory: Memory;
	coverage: CoverageFacts | null;
	/** judgeCoverage() of `coverage`. */
	judged: Coverage | null;
	/** agreement() of prediction and measurement; empty while nothing was measured. */
	agreements: Agreement[];
	conflicts: ConflictFacts | null;
}

/** How a finding weighs: it explains something, or can go wrong; look at it; broken. */
export type Severity = Exclude<Level, 'good'>;

/** Something on this router that is known to go wrong with offloading. */
export interface Finding {
	/** Stable, for scripts. */
	code: FindingCode;
	level: Severity;
	/** What was found on this router, never empty, each once: devices, networks, services, rules, lines of the log. Hostile text. */
	evidence: string[];
	/** How many there are: `evidence` has 16 of them at most. */
	count: number;
	/** What to type as root, one line of shell; '' where there is nothing to type. */
	command: string;
	/** LuCI's page, as `admin/network/firewall`; '' where there is a command, or nothing to do. */
	page: string;
	/** Where it is known from, most telling first. */
	threads: Thread[];
}

/** One check. A tuple, because there are many. */
export type Check<X> = [
	level: Severity,
	/** Where it is known from, blanks between: see `threadOf`. */
	threads: string,
	/** What is found on this router; empty: nothing. */
	find: (x: X) => string[],
	/** The way out: what to type, or LuCI's page from `admin/` on; '' where there is nothing to do. */
	out: string | ((x: X) => string),
];

export type Checks<C extends string, X> = Record<C, Check<X>>;

/* LuCI's pages: firewall zones, firmware. */
export const FIREWALL_PAGE = 'admin/network/firewall';
export const FIRMWARE_PAGE = 'admin/system/flash';

export const RELOAD = '/etc/init.d/firewall reload';

/** The command that saves a mode and loads it. */
export const toMode = (software: 0 | 1, hardware: 0 | 1, verb = 'reload'): string =>
	`uci set firewall.@defaults[0].flow_offloading=${software}; uci set firewall.@defaults[0].flow_offloading_hw=${hardware}; uci commit firewall; /etc/init.d/firewall ${verb}`;

export const OFF = toMode(0, 0);
export const SOFTWARE = toMode(1, 0);

/** The command that installs a package: opkg up to 24.10, apk later. `release` is DISTRIB_DESCRIPTION. */
export const install = (release: string, name: string): string =>
	(/\b2[1-4]\.\d\d/.test(release) ? `opkg update; opkg install ${name}` : `apk add -U ${name}`);

/** Where issues live; a pull request's address is that of an issue, GitHub redirects. */
const REPOSITORIES: Record<string, string> = {
	OW: 'openwrt/openwrt',
	FW: 'openwrt/firewall4',
	LU: 'openwrt/luci',
	packages: 'openwrt/packages',
	mt76: 'openwrt/mt76',
	immortalwrt: 'immortalwrt/immortalwrt',
	qosmate: 'hudra0/qosmate',
	zapret: 'bol-van/zapret',
	b4: 'DanielLavrushin/b4',
	'1806_SDK': 'Siflower/1806_SDK',
};

/** Where something is known from. */
export interface Thread {
	/** `openwrt/luci#1826`, or the name of a page of the kernel's documentation. */
	name: string;
	url: string;
}

/** `LU#1826`: an issue of `REPOSITORIES`; a name without number sign: a page of the kernel's documentation. */
export function threadOf(thread: string): Thread {
	const [key = '', issue] = thread.split('#');
	const repository = REPOSITORIES[key];
	return repository && issue
		? { name: `${repository}#${issue}`, url: `https://github.com/${repository}/issues/${issue}` }
		: { name: key, url: `https://docs.kernel.org/networking/${key}.html` };
}
