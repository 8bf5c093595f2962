// SPDX-License-Identifier: Apache-2.0
/**
 * Ways to break things on the router at a chosen moment, and the look at what
 * is left afterwards.
 */
import type { Mode, Step, Transaction } from '../../web/src/contract.ts';
import { expect } from './fixtures.ts';
import type { Router } from './router.ts';

const STATE = '/var/run/nft-offload';

/** A worker that was stopped (SIGSTOP) in a step, and the guard that waits for it. */
export interface Held {
	worker: number;
	guard: number;
}

/** Steps in their order, those before an answer. */
const ORDER: Step[] = ['checking', 'staging', 'validating', 'reloading', 'verifying', 'waiting'];

/** Steps that wait for another program or for an answer: a look at the state file meets them, as it does reverting. */
const LONG: Step[] = ['validating', 'reloading', 'waiting'];

/** A shell pattern for the text of the transaction's state file. */
const inStep = (step: Step): string => `*'"step": "${step}", "history"'*`;

/**
 * Waits for process $pid to be in a step by single-stepping it: stopped, looked
 * at, and let go again. While it is stopped nothing moves, so a step that
 * lasts a few milliseconds is met as surely as a long one. It runs at its own
 * speed up to a long step, or to the step before a short one. A comparison waits
 * for the sampler first, which gets no time from a loop without pauses.
 */
function singleStep(step: Step): string {
	const free = step === 'reverting' ? ORDER : ORDER.slice(0, Math.max(0, ORDER.indexOf(step) - (LONG.includes(step) ? 0 : 1)));
	return `
	${free.length ? `while kill -0 $pid 2>/dev/null; do
		read -r text <${STATE}/transaction.json
		case $text in
		${free.map(inStep).join('|')}) ;;
		${inStep('measuring')}) ${step === 'measuring' ? 'break' : 'sleep 0.05 2>/dev/null'} ;;
		*) break ;;
		esac
	done` : ''}
	while kill -STOP $pid 2>/dev/null; do
		read -r text <${STATE}/transaction.json
		case $text in
		${inStep(step)}) exit 0 ;;
		*'"step": "done"'*) kill -CONT $pid; echo "ended before: $text" >&2; exit 1 ;;
		esac
		kill -CONT $pid
	done
	echo "died before: $text" >&2
	exit 1`;
}

/**
 * Stops the worker as soon as it is in `step`. `act` starts the transaction, or
 * answers the one that runs. A worker that is held already is let go first.
 */
export async function hold(router: Router, step: Step, act: () => Promise<unknown>): Promise<Held> {
	// the worker before this one has left its pid, and its guard too
	await router.sh(`case $(cat ${STATE}/transaction.json 2>/dev/null) in ''|*'"step": "done"'*) rm -f ${STATE}/worker.json ${STATE}/transaction.pid ;; esac`);
	// a router's sleep may know whole seconds only: then without a pause
	const stopped = router.sh(`
		until [ -e ${STATE}/transaction.pid ]; do sleep 0.05 2>/dev/null; done
		until [ -e ${STATE}/worker.json ] && read -r _ _ pid _ <${STATE}/worker.json; do :; done
		kill -CONT $pid
		${singleStep(step)}`, 120_000);
	await Promise.all([act(), stopped]);
	return { worker: await pidIn(router, 'worker.json'), guard: await pidIn(router, 'transaction.pid') };
}

/** Every step a worker can die in, the one that leaves its mark last. */
export const STEPS = ['checking', 'staging', 'validating', 'reloading', 'verifying', 'waiting', 'reverting', 'committing'] as const;

/** Those that a run takes: EVERYTHING=1 takes all of them; else one before anything is loaded, the reload, and the trial itself. */
export const STEPS_OF_THIS_RUN = process.env.EVERYTHING ? STEPS : STEPS.filter((step) => ['staging', 'reloading', 'waiting'].includes(step));

/** Has `begin` start a transaction, brings it to `step` with the answer that takes, and stops its worker there. */
export async function holdIn(router: Router, step: Step, begin: () => Promise<unknown>): Promise<Held> {
	if (step !== 'reverting' && step !== 'committing')
		return hold(router, step, begin);
	await hold(router, 'waiting', begin);
	const id = (await router.status()).transaction?.id ?? '';
	return hold(router, step, () => router.call(step === 'committing' ? 'confirm' : 'revert', { id }));
}

async function pidIn(router: Router, file: string): Promise<number> {
	return Number(/\d+/.exec(await router.sh(`cat ${STATE}/${file}`))?.[0]);
}

/** Lets a worker that is held go on. */
export async function release(router: Router, { worker }: Held): Promise<void> {
	await router.sh(`kill -CONT ${worker}`);
}

/**
 * Runs a command at the one moment of `fw4 reload` when the ruleset is rendered
 * and not loaded: nft is stopped while it waits for its input, until only it is
 * left of the pipe. Call it before the reload begins.
 */
export async function beforeLoad(router: Router, command: string): Promise<void> {
	await router.sh(`
		until nft=$(pgrep -f '^[^ ]*nft +-f '); do :; done
		kill -STOP $nft
		read -r _ _ _ shell _ </proc/$nft/stat
		while [ "$left" != 1 ]; do
			left=0
			for stat in /proc/[0-9]*/stat; do
				read -r _ _ state parent _ <$stat && [ "$parent" = $shell ] && [ $state != Z ] && left=$((left + 1))
			done 2>/dev/null
		done
		${command}
		kill -CONT $nft`, 120_000);
}

/** A mode beside software that this router can be switched to. */
export function otherMode(router: Router): 'hardware' | 'off' {
	return router.target.hasHardware ? 'hardware' : 'off';
}

/** kill -9, in this order. */
export async function kill(router: Router, ...pids: number[]): Promise<void> {
	await router.sh(`kill -9 ${pids.join(' ')}`);
}

/** Waits until the transaction has ended and nobody works on it any more; its end. */
export async function ended(router: Router, seconds = 90): Promise<Transaction> {
	const transaction = await router.reaches(['done'], seconds);
	await expect.poll(() => router.workers('transaction')).toBe('');
	return transaction;
}

export interface Left {
	/** What has to be saved, and loaded in the kernel. */
	mode: Mode;
	/** Lines of /tmp/.uci/firewall that somebody else left there. */
	uncommitted?: string;
	/** Changes that somebody else saved, as [line before, line after]. */
	edits?: [string, string][];
}

/**
 * The firewall is loaded, the kernel holds what is saved, /etc/config/firewall
 * is what it was before the test but for the two options of `mode` and for
 * `edits`, and nothing of ours is left staged or recorded.
 */
export async function expectLeft(router: Router, { mode, uncommitted = '', edits = [] }: Left): Promise<void> {
	expect(await router.hasFirewall()).toBe(true);
	const flowtable = await router.flowtable();
	expect(flowtable === '' ? 'off' : /flags offload/.test(flowtable) ? 'hardware' : 'software').toBe(mode);

	expect(await router.saved()).toEqual({
		flow_offloading: mode === 'off' ? null : '1',
		flow_offloading_hw: mode === 'hardware' ? '1' : null,
	});
	const expected = edits.reduce((text, [before, after]) => {
		expect(text).toContain(before);
		return text.replace(before, after);
	}, router.othersOf(router.pristine));
	expect(router.othersOf(await router.config())).toBe(expected);

	expect(await router.uncommitted()).toBe(uncommitted);
	expect((await router.target.sh(`ls ${STATE} | grep -E 'undo|decision|new'`)).stdout).toBe('');
}
