// SPDX-License-Identifier: Apache-2.0
import type { Finding } from '../doctor/findings/index.ts';
import { FINDINGS } from '../doctor/findings/shared/list.ts';
import { integer } from './format.ts';
import { Heading } from './heading.tsx';
import { Sign } from './icons.tsx';
import { Looking } from './looking.tsx';
import type { Looked } from './looking.tsx';
import { connectionsUrl } from './query.ts';

/** Pieces of evidence written out at once. */
const WRITTEN = 4;

function Evidence({ evidence, count }: Finding) {
	const line = (text: string) => <li key={text}><code dir="auto">{text}</code></li>;
	return (
		<>
			<ul class="nfo-evidence" aria-label={_('Found on this router')}>{evidence.slice(0, WRITTEN).map(line)}</ul>
			{count > WRITTEN && (
				<details>
					<summary>{_('and %d more').format(count - WRITTEN)}</summary>
					<ul class="nfo-evidence">{evidence.slice(WRITTEN).map(line)}</ul>
				</details>
			)}
		</>
	);
}

function Item({ finding }: { finding: Finding }) {
	const { code, level, evidence, command, page, connections, threads } = finding;
	const { title, means, steps, costs, command: wanted } = FINDINGS[code];
	return (
		<li class={`nfo-message nfo-${level}`} data-finding={code}>
			<Heading level={4}><Sign level={level} /> {title()}</Heading>
			{evidence.length > 0 && <Evidence {...finding} />}
			<p>{means()}</p>
			<p><strong>{_('What to do:')}</strong></p>
			<ol class="nfo-what-to-do">{steps().map((step) => <li key={step}>{step}</li>)}</ol>
			<p><strong>{_('What that costs:')}</strong> {costs()}</p>
			{command && (
				<>
					<p>{_('By command, typed as root:')}</p>
					<pre dir="ltr" tabIndex={0} aria-label={_('Command')}>{command}</pre>
				</>
			)}
			{wanted && !command && <p>{_('A name on this router cannot be typed into a command: give it a plain one first.')}</p>}
			<p class="nfo-detail">
				{page && <><a href={L.url(page)}>{_('Open the page')}</a>{' · '}</>}
				{connections && <><a href={connectionsUrl(connections)}>{_('Show its connections')}</a>{' · '}</>}
				{_('Known from:')}
				{threads.map(({ name, url }) => <span key={url}>{' '}<a href={url} rel="noreferrer" target="_blank">{name}</a></span>)}
			</p>
		</li>
	);
}

/** What stands in the way on this router. `looked`: the survey has come back. */
export function Findings({ findings, looked }: { findings: Finding[]; looked: Looked }) {
	return (
		<section class="nfo-room" data-room="findings">
			<Heading level={3}>{_('What stands in the way')}{findings.length > 0 && <>{' '}<span class="nfo-count">{integer(findings.length)}</span></>}</Heading>
			{findings.length > 0 && <ul class="nfo-findings">{findings.map((finding) => <Item key={finding.code} finding={finding} />)}</ul>}
			{looked !== 'yes' ? <Looking looked={looked} />
				: findings.length === 0 && <p class="nfo-quiet"><Sign level="good" /> {_('Nothing that is known to.')}</p>}
		</section>
	);
}
