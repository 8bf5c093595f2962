// SPDX-License-Identifier: Apache-2.0
/** The backend's real replies in every state of a transaction against the types of web/src/contract.ts. */
import { afterAll, describe, expect, it } from 'vitest';
import { nodeRunner, realInterpreters, runMocked, sourcesFor } from '../backend/interpreters';
import type { Methods } from '../../web/src/contract';
import { router, STATES } from './router';
import { problems } from './schema';

describe.each([nodeRunner, ...realInterpreters()])('$name', (interpreter) => {
	const { directory, remove } = sourcesFor(interpreter);

	afterAll(remove);

	it('answers as the contract says in every state', async () => {
		const ran = await runMocked(interpreter, directory, STATES, router);

		expect(ran).toMatchObject({ stderr: '', code: 0 });

		const replies = ran.stdout.trim().split('\n').map((line) => JSON.parse(line) as [keyof Methods, { error?: { code: string }; watch?: { flows: { rates: unknown } | null } | null; transaction?: { step: string; outcome: string | null; error: { code: string } | null } | null }]);

		expect(replies.map(([method, reply]) => problems(method, reply)).filter((problem) => problem !== null)).toEqual([]);

		// the states were really there (in staging no command runs at which to ask)
		expect(new Set(replies.map(([, reply]) => reply.error?.code))).toEqual(new Set([undefined, 'NO_TRANSACTION', 'INVALID_ARGUMENT', 'UNKNOWN_ID', 'NOT_WAITING', 'EXPIRED', 'BUSY', 'FOREIGN_CHANGES', 'CONFIG_READ_ONLY', 'TMP_FULL', 'FW4_MISSING', 'NFT_MISSING', 'FIREWALL_DISABLED', 'MODULE_MISSING', 'CONFIG_UNREADABLE', 'NOTHING_TO_COMPARE']));
		expect(new Set(replies.map(([, reply]) => reply.transaction?.error?.code))).toEqual(new Set([undefined, 'HARDWARE_REFUSED', 'RELOAD_FAILED', 'RULESET_INVALID', 'FIREWALL_NOT_LOADED', 'MEASURE_FAILED']));
		expect(new Set(replies.map(([, reply]) => reply.transaction?.step))).toEqual(new Set([undefined, 'checking', 'validating', 'reloading', 'verifying', 'waiting', 'measuring', 'reverting', 'done']));
		expect(replies.some(([, reply]) => reply.watch?.flows?.rates)).toBe(true);
	}, 180_000);
});

describe('the schema', () => {
	it('refuses what the contract does not say', () => {
		const refusal = { error: { code: 'BUSY', message: '', detail: {} } };

		expect(problems('apply', refusal)).toBeNull();
		expect(problems('apply', { error: { ...refusal.error, code: 'OTHER' } })).not.toBeNull();
		expect(problems('apply', { ...refusal, more: 1 })).not.toBeNull();
		expect(problems('status', refusal)).not.toBeNull();
		expect(problems('coverage', { running: false, facts: null })).toBeNull();
		expect(problems('coverage', { running: false, facts: {} })).not.toBeNull();
	});
});
