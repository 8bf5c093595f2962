// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Mode, Status } from '../../web/src/contract.ts';
import { diagnose } from '../../web/src/doctor/index.ts';
import { EMPTY } from '../../web/src/doctor/memory.ts';
import { obstacleTo, prerequisitesOf } from '../../web/src/doctor/prerequisites.ts';
import { endedAgo, progressOf } from '../../web/src/doctor/transaction.ts';
import { SCENES } from './fixtures/scenes.ts';
import { FLOWTABLE, OPTIONS, RULE, status, transaction } from './fixtures/status.ts';
import type { Parts } from './fixtures/status.ts';

const tiles = (facts: Status) => diagnose(facts, EMPTY);
const codes = (facts: Status, tile: 'asked' | 'loaded'): string[] => tiles(facts)[tile].verdicts.map(({ code }) => code);

describe('asked for', () => {
	it.each<[string, Parts['asked'], string[], Mode | null]>([
		['nothing odd', {}, [], 'software'],
		['no section', { section: null }, ['NO_DEFAULTS'], null],
		['a spelling that firewall4 refuses', { effective: { flow_offloading: 'enabled', flow_offloading_hw: null } }, ['OPTION_INVALID'], null],
		['two of them', { effective: { flow_offloading: 'ja', flow_offloading_hw: 'ja' } }, ['OPTION_INVALID', 'OPTION_INVALID'], null],
		['hardware alone', { effective: { flow_offloading: null, flow_offloading_hw: '1' } }, ['HARDWARE_ALONE'], 'off'],
		['somebody\'s uncommitted changes', { foreign: [['set', 'cfg01e63d', 'input', 'DROP']] }, ['FOREIGN_CHANGES'], 'software'],
	])('%s', (_name, asked, expected, mode) => {
		const facts = status('software', 1000, { asked: asked! });
		expect(codes(facts, 'asked')).toEqual(expected);
		expect(tiles(facts).asked.mode).toBe(mode);
		expect(tiles(facts).asked.level === 'good').toBe(expected.length === 0);
	});
});

describe('loaded in the kernel', () => {
	const flowtable = FLOWTABLE;
	it.each<[string, Mode, Parts['loaded'], string[]]>([
		['software as asked', 'software', {}, []],
		['hardware as asked', 'hardware', {}, []],
		['off as asked', 'off', {}, []],
		['hardware fell back to software', 'hardware', { flowtable: flowtable.software }, ['HARDWARE_FELL_BACK']],
		['asked for, not loaded', 'software', { flowtable: null, rule: null }, ['NOT_LOADED']],
		['hardware asked for, nothing loaded', 'hardware', { flowtable: null, rule: null }, ['NOT_LOADED']],
		['loaded, not asked for', 'off', { flowtable: flowtable.hardware, rule: RULE }, ['STILL_LOADED']],
		['software asked for, hardware loaded', 'software', { flowtable: flowtable.hardware }, ['OTHER_LOADED']],
		['no rule adds flows', 'software', { rule: null }, ['RULE_MISSING']],
		['no devices', 'software', { flowtable: { ...flowtable.software!, devices: [] } }, ['NO_DEVICES']],
		['no counter', 'software', { flowtable: { ...flowtable.software!, counter: false } }, ['NO_COUNTER']],
		['the firewall is not loaded', 'software', { table: false, flowtable: null, rule: null }, ['FIREWALL_DOWN']],
		['nft failed', 'software', { table: false, flowtable: null, rule: null, error: 'Error: netlink' }, ['NFT_FAILED']],
	])('%s', (_name, mode, loaded, expected) => {
		expect(codes(status(mode, 1000, { loaded: loaded! }), 'loaded')).toEqual(expected);
	});

	it('is not compared with options that nobody can read', () => {
		expect(codes(status('software', 1000, { asked: { effective: { flow_offloading: 'ja', flow_offloading_hw: null } } }), 'loaded')).toEqual([]);
	});

	it('may differ while a transaction changes it, not while it waits for an answer', () => {
		const during = (step: 'reloading' | 'reverting' | 'waiting' | 'measuring'): string[] => codes(status('hardware', 1000, {
			loaded: { flowtable: flowtable.software }, rest: { transaction: transaction('hardware', step) },
		}), 'loaded');
		expect(during('reloading')).toEqual([]);
		expect(during('reverting')).toEqual([]);
		expect(during('waiting')).toEqual(['HARDWARE_FELL_BACK']);
		expect(during('measuring')).toEqual(['HARDWARE_FELL_BACK']);
	});
});

describe('prerequisites', () => {
	const lacking = (mode: Mode, prerequisites: Parts['prerequisites'], loaded: Parts['loaded'] = {}): [string, string][] =>
		prerequisitesOf(mode, status('off', 1000, { prerequisites: prerequisites!, loaded: loaded }))
			.filter(({ standing }) => standing !== 'ok').map(({ code, standing }) => [code, standing]);

	it('are all there on a healthy router', () => {
		for (const mode of ['off', 'software', 'hardware'] as const) {
			expect(lacking(mode, {})).toEqual([]);
			expect(obstacleTo(mode, status('off'))).toBeNull();
		}
	});

	const modules = { nf_flow_table: 'loaded', nf_flow_table_inet: 'available', nft_flow_offload: 'missing' } as const;
	it.each<[string, Parts['prerequisites'], Parts['loaded'], string, string]>([
		['fw4', { fw4: false }, {}, 'FIREWALL4', 'FW4_MISSING'],
		['nft', { nft: false }, {}, 'NFT', 'NFT_MISSING'],
		['the start link', { firewall_enabled: false }, {}, 'FIREWALL_ENABLED', 'FIREWALL_DISABLED'],
		['the table', {}, { table: false }, 'FIREWALL_LOADED', 'FIREWALL_NOT_LOADED'],
		['write access', { config_writable: false }, {}, 'CONFIG_WRITABLE', 'CONFIG_READ_ONLY'],
		['a module', { modules }, {}, 'MODULES', 'MODULE_MISSING'],
	])('%s is missed by name', (_name, prerequisites, loaded, code, refusal) => {
		expect(lacking('software', prerequisites, loaded)).toEqual([[code, 'missing']]);
		expect(obstacleTo('software', status('off', 1000, { prerequisites: prerequisites!, loaded: loaded! }))?.code).toBe(refusal);
	});

	it('Off needs no module, and the missing one is named', () => {
		expect(obstacleTo('off', SCENES.moduleMissing[0]!)).toBeNull();
		expect(obstacleTo('hardware', SCENES.moduleMissing[0]!)).toEqual({ code: 'MODULE_MISSING', detail: { modules: ['nf_flow_table_inet', 'nft_flow_offload'] } });
	});

	it('accounting is a note, not an obstacle', () => {
		expect(lacking('software', { accounting: false })).toEqual([['ACCOUNTING', 'note']]);
		expect(obstacleTo('software', status('off', 1000, { prerequisites: { accounting: false } }))).toBeNull();
	});

	it('a running transaction and somebody\'s changes stand in the way of every mode', () => {
		const foreign = [['set', 'cfg01e63d', 'input', 'DROP']];
		for (const mode of ['off', 'software', 'hardware'] as const) {
			expect(obstacleTo(mode, SCENES.trial.at(-1)!)?.code).toBe('BUSY');
			expect(obstacleTo(mode, status('off', 1000, { asked: { foreign } }))).toEqual({ code: 'FOREIGN_CHANGES', detail: { changes: foreign } });
		}
	});

	it('hardware lists the NICs, and those that refused in the last trial', () => {
		const list = prerequisitesOf('hardware', SCENES.refused.at(-1)!);
		expect(list.find(({ code }) => code === 'NICS')).toMatchObject({ nics: expect.arrayContaining([{ name: 'eth1', driver: 'mtk_soc_eth' }]) as unknown });
		expect(list.find(({ code }) => code === 'REFUSED_BY')).toMatchObject({ devices: [{ name: 'eth1' }] });
	});
});

describe('a transaction', () => {
	const steps = (facts: Parameters<typeof progressOf>[0]): string[] => progressOf(facts).map(({ step, state }) => `${step} ${state}`);

	it('shows what is done, under way and ahead', () => {
		expect(steps(transaction('software', 'validating'))).toEqual([
			'checking done', 'staging done', 'validating now', 'reloading ahead', 'verifying ahead',
		]);
	});

	it('shows where it failed, and the way back instead of what is ahead', () => {
		const failed = transaction('hardware', 'reverting', 1000, {
			history: [{ step: 'checking', at: 1 }, { step: 'staging', at: 2 }, { step: 'validating', at: 3 }, { step: 'reverting', at: 4 }],
			error: { code: 'RULESET_INVALID', message: '', detail: {} },
		});
		expect(steps(failed)).toEqual(['checking done', 'staging done', 'validating failed', 'reverting now']);
	});

	it('going back after the trial fails nowhere', () => {
		expect(steps(transaction('hardware', 'reverting'))).toEqual([
			'checking done', 'staging done', 'validating done', 'reloading done', 'verifying done', 'reverting now',
		]);
	});

	it('knows how long ago it ended', () => {
		expect(endedAgo(transaction('software', 'done', 1000), 1300)).toBe(300);
		expect(endedAgo(transaction('software', 'waiting', 1000), 1300)).toBeNull();
	});
});

it('the doctor knows no view, and speaks no language but in findings and reasons', () => {
	const folder = new URL('../../web/src/doctor/', import.meta.url);
	for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))) {
		const source = readFileSync(new URL(file, folder), 'utf8');
		expect(source, file).not.toMatch(/from '(\.\.\/)+(view|ubus|poll)|\bdocument\b|\bDate\b|\bperformance\b/);
		if (!/^(findings|reasons)\//.test(file))
			expect(source, file).not.toMatch(/\b_\(|\bN_\(/);
	}
});

it('options and flowtables of the fixtures agree', () => {
	expect(Object.keys(OPTIONS)).toEqual(Object.keys(FLOWTABLE));
});
