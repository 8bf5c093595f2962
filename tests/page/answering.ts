// SPDX-License-Identifier: Apache-2.0
/** Requests to ubus, of one question or of several as LuCI sends them, answered by a test. */
import type { Route } from '@playwright/test';
import type { FlowsArguments } from '../../web/src/contract.ts';
import { OBJECT } from '../../web/src/contract.ts';

/** A question in a request. */
export interface Asked {
	id: number;
	/** None where LuCI lists what there is. */
	params?: [session: string, object: string, method: string, args: FlowsArguments];
}

/** The questions of a request, in its order. */
export const askedIn = (route: Route): Asked[] => [route.request().postDataJSON() as Asked | Asked[]].flat();

/** The method of the application that a question is for; null: it is for something else. */
export const methodOf = ({ params }: Asked): string | null => (params?.[1] === OBJECT ? params[2] : null);

/**
 * Answers a request, each question by what `known` has for it; what is null
 * there, the server is asked for, in one request as it came.
 */
export async function answer(route: Route, known: (asked: Asked) => object | null): Promise<void> {
	const replies = askedIn(route).map((asked): object | null => {
		const result = known(asked);
		return result && { jsonrpc: '2.0', id: asked.id, result: [0, result] };
	});
	if (replies.includes(null)) {
		const response: object | object[] | null = await route.fetch().then((fetched) => fetched.json() as Promise<object>).catch(() => null);
		/* the page is being closed */
		if (response === null)
			return;
		[response].flat().forEach((other, index) => { replies[index] ??= other; });
	}
	await route.fulfill({ json: Array.isArray(route.request().postDataJSON()) ? replies : replies[0] });
}
