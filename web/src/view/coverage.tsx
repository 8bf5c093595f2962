// SPDX-License-Identifier: Apache-2.0
import type { ProbedDevice } from '../contract.ts';
import type { Agreement, ChainDevice, Coverage, NetworkCoverage, Overall } from '../doctor/coverage-types.ts';
import { coverageSentence, lateSentence, standingName, STANDING_LEVEL } from './coverage-words.ts';
import { names, percent } from './format.ts';
import { Heading } from './heading.tsx';
import { Sign } from './icons.tsx';
import { Looking } from './looking.tsx';
import type { Looked } from './looking.tsx';
import { connectionsUrl } from './query.ts';
import { Table } from './table.tsx';

/** A standing with the sign that goes with its colour. */
function Badge({ standing }: { standing: Overall }) {
	const level = STANDING_LEVEL[standing];
	return <span class={`nfo-badge nfo-${level}`} data-standing={standing}><Sign level={level} /> {standingName(standing)}</span>;
}

function Level({ devices }: { devices: ChainDevice[] }) {
	const listed = devices.filter((device) => device.listed).map(({ name }) => name);
	const others = devices.filter((device) => !device.listed).map(({ name }) => name);
	return (
		<>
			{listed.length > 0 && <b>{names(listed)}<span class="nfo-spoken"> ({_('in the flowtable')})</span></b>}
			{listed.length > 0 && others.length > 0 && ', '}
			{names(others)}
		</>
	);
}

function Chain({ chain }: NetworkCoverage) {
	return <span dir="ltr">{chain.map((devices, index) => <span key={devices[0]?.name}>{index > 0 && ' → '}<Level devices={devices} /></span>)}</span>;
}

/** What the slow path's counters say of a direction, beside what was predicted. */
function Measured({ agreement }: { agreement: Agreement | undefined }) {
	if (!agreement || agreement.share === null)
		return null;
	const differs = agreement.verdict === 'COVERED_BUT_SLOW' || agreement.verdict === 'UNCOVERED_BUT_FAST';
	return (
		<span class={`nfo-measured${differs ? ' nfo-attention' : ''}`} data-agreement={agreement.verdict}>
			{differs && <><Sign level="attention" /><span class="nfo-spoken">{_('Not as predicted')}: </span></>}
			{_('%s %% slow').format(percent(agreement.share))}
		</span>
	);
}

function Probed({ probed }: { probed: ProbedDevice[] }) {
	const accepted = probed.filter((device) => device.accepted).map(({ name }) => name);
	const refused = probed.filter((device) => !device.accepted);
	return (
		<>
			{accepted.length > 0 && <p>{_('Accepts hardware offload: %s').format(names(accepted))}</p>}
			{refused.map(({ name, output }) => (
				<details key={name}>
					<summary>{_('Refuses hardware offload: %s').format(name)}</summary>
					<pre dir="ltr" tabIndex={0}>{output}</pre>
				</details>
			))}
		</>
	);
}

function Why({ network }: { network: NetworkCoverage }) {
	const [into, out] = [coverageSentence(network.in.why), coverageSentence(network.out.why)];
	return (
		<>
			{into === out ? <p>{into}</p> : <><p>{_('In')}: {into}</p><p>{_('Out')}: {out}</p></>}
			{network.late.map((late) => <p key={late.device} class="nfo-attention"><Sign level="attention" /> {lateSentence(late)}</p>)}
			<Probed probed={network.probed} />
		</>
	);
}

/** Per network and direction: whether its packets can take the fast path, and whether they do. */
export function CoverageRoom({ coverage, looked, agreements }: { coverage: Coverage | null; looked: Looked; agreements: Agreement[] }) {
	const heads = [_('Network'), _('Devices'), _('In'), _('Out'), _('Why')];
	const measured = (network: string, direction: 'in' | 'out'): Agreement | undefined =>
		agreements.find((one) => one.network === network && one.direction === direction);
	return (
		<section class="nfo-room" data-room="coverage">
			<Heading level={3}>{_('Coverage')}</Heading>
			{looked !== 'yes' || !coverage ? <Looking looked={looked === 'yes' ? 'not yet' : looked} /> : (
				<>
					<p>{_('Whether packets from or to a network can take the fast path. Devices in the flowtable are bold.')}</p>
					<Table
						label={_('Coverage')} heads={heads} lines={coverage.networks.map((network) => ({
							key: network.name,
							cells: [
								<><a href={connectionsUrl({ search: network.name })} title={_('Connections of %s').format(network.name)}><strong dir="auto">{network.name}</strong></a> {network.zone !== network.name && <span class="nfo-detail" dir="auto">({network.zone})</span>}</>,
								<Chain {...network} />,
								<><Badge standing={network.in.standing} /> <Measured agreement={measured(network.name, 'in')} /></>,
								<><Badge standing={network.out.standing} /> <Measured agreement={measured(network.name, 'out')} /></>,
								<Why network={network} />,
							],
						}))}
					/>
					{!coverage.rule.measured && <p class="nfo-detail">{_('Linux %s is not known well: believe what is measured here.').format(coverage.kernel)}</p>}
				</>
			)}
		</section>
	);
}
