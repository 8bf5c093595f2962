// SPDX-License-Identifier: Apache-2.0
/**
 * The doctor: facts in, verdicts out, as codes with parameters. Not a word of
 * English, no clock, no state but the memory that the caller keeps.
 */
import type { Mode, Path, Status } from '../contract.ts';
import type { Memory } from './memory.ts';
import { modeOfFlowtable, modeOfOptions, readBool } from './options.ts';
import type { Throughput } from './traffic.ts';
import { countFlows, meanThroughput, shareOf } from './traffic.ts';
import { isChanging } from './transaction.ts';
import type { Level, Verdict } from './verdict.ts';
import { levelOf } from './verdict.ts';
import { judgeWorking } from './working.ts';

/** One of the three steps from wish to effect. */
export interface Tile {
	/** null: cannot be told. */
	mode: Mode | null;
	level: Level;
	/** What is to be said about it, the most telling first. */
	verdicts: Verdict[];
}

export interface Diagnosis {
	asked: Tile;
	loaded: Tile;
	working: Tile;
	/** Connections by conntrack's flags; null until they were counted. */
	flows: Record<Path, number> | null;
	/** Bytes per second by the way packets really took; null until measured. */
	throughput: Throughput | null;
	/** Share of forwarded bytes that bypass the firewall, 0 to 1; null until something moved. */
	share: number | null;
}

function judgeAsked({ asked, transaction }: Status): Verdict[] {
	if (asked.section === null)
		return [{ code: 'NO_DEFAULTS' }];
	const verdicts: Verdict[] = [];
	for (const option of ['flow_offloading', 'flow_offloading_hw'] as const) {
		const value = asked.effective[option];
		if (value !== null && readBool(value) === null)
			verdicts.push({ code: 'OPTION_INVALID', option, value });
	}
	if (asked.foreign.length && !isChanging(transaction))
		verdicts.push({ code: 'FOREIGN_CHANGES', count: asked.foreign.length });
	if (modeOfOptions(asked.effective) === 'off' && readBool(asked.effective.flow_offloading_hw))
		verdicts.push({ code: 'HARDWARE_ALONE' });
	return verdicts;
}

function judgeLoaded({ asked, loaded, transaction }: Status): Verdict[] {
	if (loaded.error !== null)
		return [{ code: 'NFT_FAILED', error: loaded.error }];
	if (!loaded.table)
		return [{ code: 'FIREWALL_DOWN' }];

	const verdicts: Verdict[] = [];
	const wanted = asked.section === null ? null : modeOfOptions(asked.effective);
	const mode = modeOfFlowtable(loaded.flowtable);
	if (wanted !== null && wanted !== mode && !isChanging(transaction)) {
		if (mode === 'off')
			verdicts.push({ code: 'NOT_LOADED', asked: wanted });
		else if (wanted === 'off')
			verdicts.push({ code: 'STILL_LOADED', loaded: mode });
		else if (wanted === 'hardware')
			verdicts.push({ code: 'HARDWARE_FELL_BACK' });
		else
			verdicts.push({ code: 'OTHER_LOADED', asked: wanted, loaded: mode });
	}
	if (loaded.flowtable) {
		if (loaded.rule === null)
			verdicts.push({ code: 'RULE_MISSING' });
		if (loaded.flowtable.devices.length === 0)
			verdicts.push({ code: 'NO_DEVICES' });
		if (!loaded.flowtable.counter)
			verdicts.push({ code: 'NO_COUNTER' });
	}
	return verdicts;
}

/** Judges a status in the light of those before it. */
export function diagnose(status: Status, memory: Memory): Diagnosis {
	const { asked, loaded, watch } = status;
	const tile = (mode: Mode | null, verdicts: Verdict[]): Tile => ({ mode, level: levelOf(verdicts), verdicts });
	const seen = loaded.error === null && loaded.table;
	const throughput = memory.windows.length ? meanThroughput(memory.windows) : null;
	const mode = seen ? modeOfFlowtable(loaded.flowtable) : null;
	return {
		asked: tile(asked.section === null ? null : modeOfOptions(asked.effective), judgeAsked(status)),
		loaded: tile(mode, judgeLoaded(status)),
		working: tile(mode, [judgeWorking(status, memory)]),
		flows: watch?.flows ? countFlows(watch.flows) : null,
		throughput,
		share: throughput && shareOf(throughput),
	};
}
