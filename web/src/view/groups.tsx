// SPDX-License-Identifier: Apache-2.0
import { useState } from 'preact/hooks';
import type { GroupRow } from '../contract.ts';
import * as ubus from '../ubus.ts';
import { integer, size } from './format.ts';
import { TroubleWords } from './message.tsx';
import { useOnScreen, useSurvey } from './survey.ts';
import { host, Table } from './table.tsx';
import { PATHS, pathName } from './words.ts';

const RHYTHM = 5000;

type By = 'clients' | 'networks' | 'protocols';

const kinds = (): [By, string][] => [['clients', _('Client')], ['networks', _('Network')], ['protocols', _('Protocol')]];

function Share({ paths }: GroupRow) {
	const total = PATHS.reduce((sum, path) => sum + paths[path].bytes, 0);
	return (
		<span class="nfo-share" aria-hidden="true">
			{PATHS.map((path) => <span key={path} class={`nfo-path-${path}`} style={{ flexGrow: total ? paths[path].bytes / total : 0 }} />)}
		</span>
	);
}

/** Who moves what on which path. */
export function Groups() {
	const [room, visible] = useOnScreen<HTMLDetailsElement>();
	const [open, setOpen] = useState(false);
	const [by, setBy] = useState<By>('clients');
	const { facts, trouble } = useSurvey({ ask: ubus.groups, every: ({ every }) => Math.max(RHYTHM, every * 1000), on: visible && open });
	const [, kind = ''] = kinds().find(([one]) => one === by) ?? [];
	const line = (row: GroupRow) => ({
		key: row.key,
		cells: [
			<>{row.key === '' ? _('all others') : host(row.host, row.key)}<Share {...row} /></>,
			...PATHS.map((path) => (row.paths[path].flows ? `${integer(row.paths[path].flows)} · ${size(row.paths[path].bytes)}` : '–')),
		],
	});
	return (
		<details ref={room} class="nfo-room" data-room="groups" onToggle={(event) => setOpen(event.currentTarget.open)}>
			<summary>{_('Who moves how much on which path')}</summary>
			<div class="nfo-filters">
				{kinds().map(([one, name]) => (
					<button key={one} type="button" class="btn cbi-button" aria-pressed={one === by} onClick={() => setBy(one)}>{name}</button>
				))}
			</div>
			{trouble && <TroubleWords trouble={trouble} />}
			{!facts ? <p class="nfo-quiet">{_('Asking the router…')}</p>
				: <Table label={kind} heads={[kind, ...PATHS.map(pathName)]} lines={facts[by].map(line)} />}
		</details>
	);
}
