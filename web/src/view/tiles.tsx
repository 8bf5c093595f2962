// SPDX-License-Identifier: Apache-2.0
import type { Flowtable, Status } from '../contract.ts';
import type { Diagnosis, Tile } from '../doctor/index.ts';
import { modeOfOptions } from '../doctor/options.ts';
import { integer, names, percent } from './format.ts';
import { Heading } from './heading.tsx';
import { Sign } from './icons.tsx';
import { headline, modeName, sentence } from './words.ts';

interface CardProps {
	name: string;
	title: string;
	tile: Tile;
	headline: string;
	detail: string;
}

function Card({ name, title, tile, headline: text, detail }: CardProps) {
	const verdict = tile.verdicts[0];
	const reason = verdict ? sentence(verdict) : '';
	return (
		<li class={`nfo-tile nfo-${tile.level}`} data-tile={name} data-level={tile.level} data-verdict={verdict?.code ?? ''}>
			<Heading level={3} class="nfo-tile-title">{title}</Heading>
			<p class="nfo-headline"><Sign level={tile.level} /> {text}</p>
			{detail && <p class="nfo-detail">{detail}</p>}
			{reason && <p class="nfo-reason">{reason}</p>}
		</li>
	);
}

function askedDetail({ asked, transaction }: Status): string {
	const saved = modeOfOptions(asked.saved);
	if (asked.section !== null && saved !== modeOfOptions(asked.effective) && transaction && transaction.step !== 'done')
		return _('On trial. Saved is: %s').format(modeName(saved));
	return asked.section === null ? '' : _('Saved in the firewall\'s configuration');
}

function loadedDetail(flowtable: Flowtable | null): string {
	if (!flowtable)
		return _('No flowtable');
	return _('Flowtable on %s').format(names(flowtable.devices));
}

function workingDetail({ working, share, flows }: Diagnosis): string {
	const known = working.verdicts.some(({ code }) => code === 'DIRECTION_SLOW' || code === 'HARDWARE_IDLE') && share !== null;
	return [
		known ? _('%s %% of forwarded bytes bypass the firewall').format(percent(share)) : '',
		flows ? _('Connections: %s hardware, %s software, %s slow').format(integer(flows.hardware), integer(flows.software), integer(flows.slow)) : '',
	].filter(Boolean).join(' · ');
}

/** From wish to effect: asked for, loaded, working. */
export function Tiles({ status, diagnosis }: { status: Status; diagnosis: Diagnosis }) {
	const { asked, loaded, working } = diagnosis;
	const judgement = working.verdicts[0];
	return (
		<ol class="nfo-tiles">
			<Card name="asked" title={_('Asked for')} tile={asked} headline={modeName(asked.mode)} detail={askedDetail(status)} />
			<Card
				name="loaded" title={_('Loaded in the kernel')} tile={loaded}
				headline={status.loaded.error === null && !status.loaded.table ? _('Nothing') : modeName(loaded.mode)}
				detail={loaded.mode === null ? '' : loadedDetail(status.loaded.flowtable)}
			/>
			<Card name="working" title={_('Working')} tile={working} headline={judgement ? headline(judgement) : ''} detail={workingDetail(diagnosis)} />
		</ol>
	);
}
