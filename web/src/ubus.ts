// SPDX-License-Identifier: Apache-2.0
import rpc from 'luci:rpc';
import type { FlowsArguments, Mode, Methods, Status } from './contract.ts';
import { API, OBJECT } from './contract.ts';

/** Why there was no reply that the contract knows. */
export type Trouble =
	/** No answer at all, or not from uhttpd's ubus. */
	| 'UNREACHABLE'
	/** ubus answers, but not this object: rpcd restarts, or the package is incomplete or broken. */
	| 'NO_SERVICE'
	| 'SESSION_EXPIRED'
	| 'DENIED'
	/** A service of another version. */
	| 'OTHER_VERSION';

export class TroubleError extends Error {
	declare readonly trouble: Trouble;

	constructor(trouble: Trouble) {
		super(trouble);
		this.trouble = trouble;
	}
}

/** Patience for one call, ms. LuCI's own is 20 s, too long for a page that wants to resume by itself. */
const PATIENCE = 8000;

/* Numbers of libubus' ubus_msg_status. */
const PERMISSION_DENIED = 6;
const NO_ANSWER = [7, 10]; /* timeout, connection failed */

/* Numbers of uhttpd's JSON-RPC errors, which LuCI has in the message only. */
const RPC_NO_OBJECT = '-32000';
const RPC_DENIED = '-32002';

function troubleOf(error: unknown): TroubleError {
	if (error instanceof TroubleError)
		return error;
	const { name, message } = error instanceof Error ? error : new Error(String(error));
	const code = /failed with error (-\d+)/.exec(message)?.[1];
	if (name === 'SessionError')
		return new TroubleError('SESSION_EXPIRED');
	if (code === RPC_DENIED)
		return new TroubleError('DENIED');
	return new TroubleError(code === RPC_NO_OBJECT ? 'NO_SERVICE' : 'UNREACHABLE');
}

function method<M extends keyof Methods>(name: M, ...params: string[]) {
	const invoke = rpc.declare<unknown, unknown[]>({ object: OBJECT, method: name, params });
	return async (...args: unknown[]): Promise<Methods[M]['reply']> => {
		let timer: number | undefined;
		const impatience = new Promise<never>((_resolve, reject) => {
			timer = window.setTimeout(() => reject(new TroubleError('UNREACHABLE')), PATIENCE);
		});
		let reply: unknown;
		try {
			reply = await Promise.race([invoke(...args), impatience]);
		}
		catch (error) {
			throw troubleOf(error);
		}
		finally {
			window.clearTimeout(timer);
		}
		if (typeof reply === 'object' && reply !== null)
			return reply as Methods[M]['reply'];
		/* LuCI resolves with ubus' status number when the call failed. */
		if (reply === PERMISSION_DENIED)
			throw new TroubleError('DENIED');
		throw new TroubleError(NO_ANSWER.includes(reply as number) ? 'UNREACHABLE' : 'NO_SERVICE');
	};
}

const callStatus = method('status', 'watch');
const callApply = method('apply', 'mode', 'confirm_timeout');
const callConfirm = method('confirm', 'id');
const callRevert = method('revert', 'id');
const callFlows = method('flows', 'search', 'path', 'protocol', 'family', 'zone', 'sort');
const callMeasure = method('measure', 'seconds');

/** Reads the status and keeps the sampler alive. Rejects with a TroubleError. */
export async function status(): Promise<Status> {
	const reply = await callStatus(true);
	if (reply.api !== API)
		throw new TroubleError('OTHER_VERSION');
	return reply;
}

/** Starts a trial; `timeout` in seconds. Rejects with a TroubleError. */
export const apply = (mode: Mode, timeout: number): Promise<Methods['apply']['reply']> => callApply(mode, timeout);

/** Answers a trial. Rejects with a TroubleError. */
export const confirm = (id: string): Promise<Methods['confirm']['reply']> => callConfirm(id);
export const revert = (id: string): Promise<Methods['revert']['reply']> => callRevert(id);

/** What workers have found out last. Reject with a TroubleError. */
export const coverage: () => Promise<Methods['coverage']['reply']> = method('coverage');
export const conflicts: () => Promise<Methods['conflicts']['reply']> = method('conflicts');
export const groups: () => Promise<Methods['groups']['reply']> = method('groups');
export const flows = ({ search, path, protocol, family, zone, sort }: FlowsArguments): Promise<Methods['flows']['reply']> =>
	callFlows(search, path, protocol, family, zone, sort);

/** Starts a comparison of phases of so many seconds. Rejects with a TroubleError. */
export const measure = (seconds: number): Promise<Methods['measure']['reply']> => callMeasure(seconds);
