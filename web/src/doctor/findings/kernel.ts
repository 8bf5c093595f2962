// SPDX-License-Identifier: Apache-2.0
import type { Status } from '../../contract.ts';
import type { Memory } from '../memory.ts';
import { modeOfFlowtable, modeOfOptions } from '../options.ts';
import { HARDWARE_IDLE } from '../symptoms.ts';
import type { Checks } from './finding.ts';
import { FIRMWARE_PAGE, install, RELOAD, SOFTWARE, toMode } from './finding.ts';

export interface Seen {
	status: Status;
	memory: Memory;
}

/** Share of the conntrack table from which it counts as full. */
const FULL = 0.9;
/** Packets of a phase below which a comparison says nothing. */
const COMPARABLE = 1000;

/** Flows in hardware stopped, although there were some (`before`) or never were any. */
const idle = ({ status, memory }: Seen, before: boolean): string[] =>
	(status.loaded.flowtable?.offload && memory.hardware === before && memory.symptoms.get(HARDWARE_IDLE)?.on
		? [status.router.model, `[OFFLOAD]: ${memory.windows[0]?.flows.software ?? 0}`, '[HW_OFFLOAD]: 0'] : []);

/** fw4 of these releases renders no `counter`. */
const OLD = /\b(21|22)\.\d\d/;

const uncounted = ({ loaded, router }: Status, old: boolean): string[] =>
	(loaded.flowtable?.counter === false && OLD.test(router.release) === old ? [router.release] : []);

/** What the status tells, whether or not offloading is on. */
export const KERNEL = {
	FIREWALL_LOST: ['bad', 'OW#9935 OW#9920', ({ status: { loaded, asked } }) =>
		(loaded.error === null && !loaded.table && modeOfOptions(asked.effective) === 'hardware' ? ['flow_offloading_hw=1'] : []),
	toMode(1, 0, 'restart')],
	MODULES_MISSING: ['bad', 'OW#9854', ({ status: { asked, loaded, prerequisites: { modules } } }) =>
		(loaded.flowtable || (modeOfOptions(asked.effective) ?? 'off') === 'off' ? [] : Object.entries(modules).flatMap(([name, state]) => (state === 'missing' ? [name] : []))),
	({ status: { router } }) => install(router.release, 'kmod-nft-offload')],
	HARDWARE_UNUSED: ['attention', 'OW#14365', (x) => idle(x, false), SOFTWARE],
	HARDWARE_FADED: ['attention', 'OW#10354', (x) => idle(x, true), RELOAD],
	NO_GAIN: ['attention', 'OW#24593', ({ status: { transaction, loaded } }) => {
		const [fast = NaN, slow = NaN] = ['with', 'without'].map((wanted) => {
			const phase = transaction?.measurement?.phases.find(({ name }) => name === wanted);
			return phase && phase.packets >= COMPARABLE ? phase.slow_packets / phase.packets : NaN;
		});
		return loaded.flowtable && fast > slow / 2 ? [`${Math.round(fast * 100)} % / ${Math.round(slow * 100)} %`] : [];
	}, ''],
	TABLE_FULL: ['attention', 'nf_conntrack-sysctl', ({ status: { prerequisites: { conntrack_count: count, conntrack_max: max }, loaded } }) =>
		(loaded.flowtable && count !== null && max !== null && max > 0 && count >= FULL * max ? [`${count} / ${max}`] : []),
	({ status: { prerequisites: { conntrack_max: max } } }) => `sysctl -w net.netfilter.nf_conntrack_max=${(max ?? 0) * 2}`],
	ACCOUNTING_OFF: ['attention', 'nf_conntrack-sysctl', ({ status: { prerequisites, loaded } }) =>
		(loaded.flowtable && prerequisites.accounting === false ? ['nf_conntrack_acct = 0'] : []), 'sysctl -w net.netfilter.nf_conntrack_acct=1'],
	COUNTER_NONE: ['attention', 'OW#10399', ({ status }) => uncounted(status, true), FIRMWARE_PAGE],
	COUNTER_LOST: ['attention', 'OW#10399', ({ status }) => uncounted(status, false), RELOAD],
	KERNEL_DROPS: ['plain', 'OW#24800', ({ status: { router: { kernel }, loaded } }) => {
		const [, patch] = /^6\.18\.(\d+)/.exec(kernel) ?? [];
		return modeOfFlowtable(loaded.flowtable) !== 'off' && Number(patch) >= 45 ? [kernel] : [];
	}, FIRMWARE_PAGE],
} satisfies Checks<string, Seen>;
