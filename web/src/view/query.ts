// SPDX-License-Identifier: Apache-2.0
/** What the explorer searches for, as the address bar holds it: `…/connections?path=slow&zone=lan`. */
import { useEffect, useState } from 'preact/hooks';
import type { FlowsFacts } from '../contract.ts';

export type Query = FlowsFacts['query'];

export const EVERYTHING: Query = { search: '', path: '', protocol: '', family: '', zone: '', sort: 'bytes' };

/** LuCI's page of the connections, without the leading script's name. */
const PAGE = 'admin/network/nft-offload/connections';

const NAMES = Object.keys(EVERYTHING) as (keyof Query)[];

/** What of a query is not as it is by default, as the search of a URL: '' or `?path=slow`. */
export function searchOf(query: Partial<Query>): string {
	const parameters = new URLSearchParams();
	for (const name of NAMES)
		if (query[name] && query[name] !== EVERYTHING[name])
			parameters.set(name, query[name]);
	return parameters.size ? `?${parameters.toString()}` : '';
}

/** The query in a URL's search; whatever else it says is left out. The router refuses values that it does not know. */
export function queryOf(search: string): Query {
	const parameters = new URLSearchParams(search);
	return Object.fromEntries(NAMES.map((name) => [name, parameters.get(name) ?? EVERYTHING[name]])) as Query;
}

/** The address of the connections that a query finds. */
export const connectionsUrl = (query: Partial<Query> = {}): string => L.url(PAGE) + searchOf(query);

/** The query of the address bar, and what sets a part of it. The browser's Back takes a part back. */
export function useQuery(): [Query, (part: Partial<Query>) => void] {
	const [query, setQuery] = useState(() => queryOf(window.location.search));
	useEffect(() => {
		const onBack = (): void => setQuery(queryOf(window.location.search));
		window.addEventListener('popstate', onBack);
		return () => window.removeEventListener('popstate', onBack);
	}, []);
	const set = (part: Partial<Query>): void => setQuery((before) => {
		const after = { ...before, ...part };
		if (searchOf(after) !== searchOf(before))
			window.history.pushState(window.history.state, '', window.location.pathname + searchOf(after));
		return after;
	});
	return [query, set];
}
