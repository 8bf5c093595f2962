// SPDX-License-Identifier: Apache-2.0
/** The built view in a DOM, with a router that answers from a script. */
import { vi } from 'vitest';
import type { FlowsArguments, Status } from '../../web/src/contract.ts';
import { CONFLICTS, coverageUnder, flowsFacts, GROUPS } from './fixtures/surveys.ts';
import { installGlobals, loadView } from './luci.ts';

export interface Call {
	method: string;
	args: Record<string, unknown>;
}

/** Answers a call; what it throws is what LuCI's rpc would reject with. */
export type Answer = (call: Call) => unknown;

export interface Shown {
	root: HTMLElement;
	calls: Call[];
	/** Those that ask a worker for what it found out. */
	surveys: Call[];
	/** Lets time go by, ms; timers, promises and effects run. */
	wait: (ms: number) => Promise<void>;
	text: () => string;
	/** The one element that a selector finds. Throws when there is none. */
	one: <E extends HTMLElement = HTMLElement>(selector: string) => E;
	button: (label: string) => HTMLButtonElement;
	click: (label: string) => Promise<void>;
}

/** An error as LuCI's rpc rejects with. */
export function rpcError(message: string, name = 'RPCError'): Error {
	return Object.assign(new Error(message), { name });
}

/** Shows the page. Needs fake timers. */
export async function show(answer: Answer, { writable = true, translate = (text: string) => text, tab = 'status' } = {}): Promise<Shown> {
	installGlobals(translate);
	document.body.innerHTML = '';
	const calls: Call[] = [];
	const surveys: Call[] = [];
	const view = await loadView(`view.nft-offload.${tab}`, async (_object, method, args) => {
		const call = { method, args };
		(method in SURVEYS ? surveys : calls).push(call);
		const reply = await answer(call);
		return typeof reply === 'object' ? structuredClone(reply) : reply;
	}, writable);
	const root = view.render(await view.load?.());
	document.body.append(root);

	const wait = async (ms: number): Promise<void> => {
		await vi.advanceTimersByTimeAsync(ms);
	};
	const one = <E extends HTMLElement>(selector: string): E => {
		const found = root.querySelector<E>(selector);
		if (!found)
			throw new Error(`nothing is ${selector} in: ${root.innerHTML}`);
		return found;
	};
	const button = (label: string): HTMLButtonElement => {
		const found = [...root.querySelectorAll('button')].find(({ textContent }) => textContent === label);
		if (!found)
			throw new Error(`no button “${label}”`);
		return found;
	};
	const click = async (label: string): Promise<void> => {
		button(label).click();
		await wait(100);
	};
	await wait(100);
	return { root, calls, surveys, wait, one, button, click, text: () => root.querySelector('.nfo')?.textContent ?? '' };
}

/** What the workers have found out. */
const SURVEYS: Record<string, (args: Record<string, unknown>, status: Status) => object> = {
	coverage: (_args, status) => coverageUnder(status), conflicts: () => CONFLICTS, groups: () => GROUPS, flows: (args) => flowsFacts(JSON.parse(JSON.stringify(args)) as FlowsArguments),
};

/** Answers `status` from a series, the last one for ever, surveys from the fixtures, and anything else from `rest`. */
export function playing(statuses: Status[], rest: Answer = () => { throw new Error('unexpected call'); }): Answer {
	let next = 0;
	let last = statuses[0]!;
	return (call) => {
		if (call.method === 'status')
			return last = statuses[Math.min(next++, statuses.length - 1)]!;
		const survey = SURVEYS[call.method];
		return survey ? { running: false, facts: survey(call.args, last) } : rest(call);
	};
}
