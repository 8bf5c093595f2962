// SPDX-License-Identifier: Apache-2.0
/** The backend's real replies to 10,000 fuzzed argument sets a method against the types of web/src/contract.ts. */
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { nodeRunner, realInterpreters, runMocked, sourcesFor } from '../backend/interpreters';
import type { Methods } from '../../web/src/contract';
import { literal, PRELUDE, router } from './router';
import { problems } from './schema';

const SETS = 10_000;

const hostile = fc.constantFrom('$(reboot)', '`reboot`', "'; reboot; '", '"; reboot', '\n', '../../etc/passwd', '%s%n', '\\', '', 'a'.repeat(5000), '3132333435363738', 'software', 'hardware', 'off', '__proto__', 'constructor');
const anyValue = fc.oneof(hostile, fc.string(), fc.string({ unit: 'binary' }), fc.integer(), fc.maxSafeInteger(), fc.double(), fc.boolean(), fc.constant(null), fc.jsonValue({ maxDepth: 2 }));
const any = fc.oneof(fc.dictionary(fc.string(), anyValue), anyValue);
const argumentSets = {
	status: fc.oneof(fc.record({ watch: fc.oneof(fc.boolean(), anyValue) }, { requiredKeys: [] }), fc.dictionary(fc.string(), anyValue), anyValue),
	apply: fc.oneof(
		fc.record({ mode: fc.oneof(fc.constantFrom('off', 'software', 'hardware'), anyValue), confirm_timeout: fc.oneof(fc.integer({ min: 0, max: 700 }), anyValue) }, { requiredKeys: [] }),
		fc.dictionary(fc.string(), anyValue), anyValue),
	measure: fc.oneof(fc.record({ seconds: fc.oneof(fc.integer({ min: 0, max: 70 }), anyValue) }, { requiredKeys: [] }), fc.dictionary(fc.string(), anyValue), anyValue),
	confirm: fc.oneof(fc.record({ id: fc.oneof(fc.constant('3132333435363738'), anyValue) }, { requiredKeys: [] }), fc.dictionary(fc.string(), anyValue), anyValue),
	revert: fc.oneof(fc.record({ id: fc.oneof(fc.constant('3132333435363738'), anyValue) }, { requiredKeys: [] }), fc.dictionary(fc.string(), anyValue), anyValue),
	coverage: any,
	conflicts: any,
	flows: fc.oneof(fc.record({
		search: fc.oneof(fc.constantFrom('192.168.1.', ':443', 'lan', 'fd00::1'), anyValue), path: fc.oneof(fc.constantFrom('', 'hardware', 'slow'), anyValue),
		protocol: fc.oneof(fc.constantFrom('tcp', 'other'), anyValue), family: fc.oneof(fc.constantFrom('ipv4', 'ipv6'), anyValue),
		zone: fc.oneof(fc.constantFrom('lan', 'wan'), anyValue), sort: fc.oneof(fc.constantFrom('bytes', 'rate', 'age'), anyValue),
	}, { requiredKeys: [] }), any),
	groups: any,
} satisfies Partial<Record<keyof Methods, fc.Arbitrary<unknown>>>;
const methods = Object.keys(argumentSets) as (keyof typeof argumentSets)[];

/** What a method answers when it did its work; of the others, `transaction`. */
const worked: Partial<Record<keyof Methods, RegExp>> = { status: /"api":1/, coverage: /"running":true/, conflicts: /"running":true/, flows: /"running":true/, groups: /"running":true/ };

/** Each different reply once, then the commands that ran. Every tenth call finds a trial that waits. */
const FUZZ = (method: string, sets: unknown[]): string => `${PRELUDE}
let seen = {}, number = 0;
${method === 'measure' ? "\nuci.firewall.d.flow_offloading = '1';\n" : ''}
for (let args in json(${literal(JSON.stringify(sets))})) {
	if (number++ % 10 == 0) {
		state.write('transaction', {
			id: '3132333435363738', mode: 'software', measurement: number % 40 == 1 ? { seconds: 10, phases: [] } : null, before: { flow_offloading: null, flow_offloading_hw: null },
			step: number % 20 == 1 ? 'waiting' : 'done', history: [ { step: 'waiting', at: router.now } ], timeout: 60, deadline: router.now + 60,
			outcome: null, decision: null, restored: null, error: null, warnings: []
		});
		decisions.forget('3132333435363738');
	}
	else if (number % 10 == 5) {
		state.remove('transaction');
	}

	seen[sprintf('%J', object.${method}.call({ args }))] = true;
}

printf('%J\\n', number);

for (let reply in keys(seen))
	print(reply, '\\n');

print('--\\n', join('\\n', uniq(sort(log))), '\\n');
`;

const COMMANDS = /^(\/usr\/sbin\/nft -a -t list flowtables inet; list chain inet fw4 forward|system start-stop-daemon -S -b -m -p \/var\/run\/nft-offload\/(transaction|sampler|coverage|conflicts|flows)\.pid -x \/usr\/libexec\/nft-offload\/guard -- (transaction (run|recover)|sampler run|flows run|survey (coverage|conflicts)))$/;

describe.each([nodeRunner, ...realInterpreters()])('$name', (interpreter) => {
	const { directory, remove } = sourcesFor(interpreter);

	afterAll(remove);

	it.each(methods)(`%s: ${SETS} fuzzed argument sets`, async (method) => {
		const sets = fc.sample(argumentSets[method], { numRuns: SETS, seed: 2 });
		const ran = await runMocked(interpreter, directory, FUZZ(method, sets), router, 240_000);

		expect(ran).toMatchObject({ stderr: '', code: 0 });

		const [replies = '', commands = ''] = ran.stdout.split('\n--\n');
		const [count, ...different] = replies.split('\n').map((line) => JSON.parse(line) as unknown);

		expect(count).toBe(SETS);
		expect(different.map((reply) => problems(method, reply)).filter((problem) => problem !== null)).toEqual([]);
		expect(commands.trim().split('\n').filter((line) => line && !COMMANDS.test(line))).toEqual([]);

		expect(JSON.stringify(different)).toMatch(worked[method] ?? /"transaction":/);
	}, 300_000);
});
