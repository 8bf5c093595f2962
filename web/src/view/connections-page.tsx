// SPDX-License-Identifier: Apache-2.0
import { isCurrentCoverage } from '../doctor/current.ts';
import * as ubus from '../ubus.ts';
import { useActions } from './actions.ts';
import { Events } from './events.tsx';
import { Explorer } from './explorer.tsx';
import { Groups } from './groups.tsx';
import { Head } from './head.tsx';
import type { PageProps } from './mount.tsx';
import { useNews } from './news.ts';
import type { Seen } from './news.ts';
import { useSurvey } from './survey.ts';

/** ms between two surveys of what changes seldom. */
const SELDOM = 30_000;

function Rooms({ seen: { status, memory } }: { seen: Seen }) {
	const coverage = useSurvey({ ask: ubus.coverage, every: () => SELDOM, isCurrent: (facts) => isCurrentCoverage(facts, status.loaded), on: true, key: memory.about });
	return (
		<>
			<Explorer status={status} coverage={coverage.facts} />
			<Groups />
		</>
	);
}

/** The tab Connections: every connection with its path and the reason for it, and who moves what. */
export function ConnectionsPage({ writable }: PageProps) {
	const news = useNews();
	const actions = useActions(news.askNow);
	return (
		<div class={`nfo${news.seen && news.trouble ? ' nfo-stale' : ''}`}>
			<Head news={news} actions={actions}>
				{_('Every connection through this router, with the path that its packets take. A slow one says why.')}
			</Head>
			{news.seen && <Events seen={news.seen} actions={writable ? actions : null} />}
			{news.seen && <Rooms seen={news.seen} />}
		</div>
	);
}
