// SPDX-License-Identifier: Apache-2.0
import type { Device, Network, Path, Status } from '../contract.ts';
import type { Diagnosis } from '../doctor/index.ts';
import { isOutside } from '../doctor/direction.ts';
import { bitrate, integer, names } from './format.ts';
import { PathIcon } from './icons.tsx';
import { pathName } from './words.ts';

const PATHS: Path[] = ['slow', 'software', 'hardware'];

/** Stroke of the path that carries everything, and of one that carries a trickle, px. */
const THICKEST = 18;
const THINNEST = 3;
/** Networks written out in a box. */
const WRITTEN = 3;

/** What a packet passes on each path, in order. */
function stations(path: Path): string[] {
	switch (path) {
	case 'slow': return [_('Routing'), _('Firewall rules'), _('Address translation')];
	case 'software': return [_('Flowtable')];
	case 'hardware': return [_('Flow table of the chip')];
	}
}

function burden(path: Path): string {
	switch (path) {
	case 'slow': return _('Every packet, by the CPU');
	case 'software': return _('A shortcut, still by the CPU');
	case 'hardware': return _('By itself, the CPU rests');
	}
}

/** What a packet goes through below a device of this type; a switch port's conduit is none of its ways. */
const DESCENDS: Device['type'][] = ['bridge', 'vlan', 'ppp', 'tunnel', 'other'];

/** The devices of a network from the routed one down to its ports. */
function chain(network: Network, devices: Device[]): string {
	const levels = [...new Set([network.l3_device, network.device])].filter((name) => name !== null).map((name) => [name]);
	for (let level = levels.at(-1); level?.length;) {
		const lower = level.flatMap((name) => devices.find((device) => device.name === name && DESCENDS.includes(device.type))?.lower ?? []);
		level = lower.filter((name) => !levels.flat().includes(name));
		levels.push(level);
	}
	return levels.filter(({ length }) => length).map(names).join(' · ');
}

interface BoxProps {
	title: string;
	networks: Network[];
	devices: Device[];
}

function Box({ title, networks, devices }: BoxProps) {
	const byDevice = new Map<string, Network[]>();
	for (const network of networks) {
		const key = network.l3_device ?? network.device ?? network.name;
		byDevice.set(key, [...byDevice.get(key) ?? [], network]);
	}
	const groups = [...byDevice.values()];
	return (
		<div class="nfo-box">
			{groups.length === 0 && <strong>{title}</strong>}
			{groups.slice(0, WRITTEN).map((group) => (
				<div key={group[0]?.name}>
					<strong dir="ltr">{group.map(({ name }) => name).join(', ')}</strong>
					<span dir="ltr">{group[0] ? chain(group[0], devices) : ''}</span>
				</div>
			))}
			{groups.length > WRITTEN && <span>{_('and %d more').format(groups.length - WRITTEN)}</span>}
		</div>
	);
}

interface LaneProps {
	path: Path;
	used: boolean;
	flows: number | null;
	/** Bytes per second, and what all paths carry together. */
	bytes: number | null;
	total: number;
}

function Numbers({ used, flows, bytes }: LaneProps) {
	return (
		<span class="nfo-numbers">
			{!used && !flows ? <span>{_('not in use')}</span> : (
				<>
					{flows !== null && <span>{N_(flows, '%s connection', '%s connections').format(integer(flows))}</span>}
					{bytes !== null && <span>{bitrate(bytes)}</span>}
				</>
			)}
		</span>
	);
}

function Lane(props: LaneProps) {
	const { path, used, bytes, total } = props;
	const width = bytes && total ? Math.max(THINNEST, THICKEST * bytes / total) : 0;
	return (
		<li class={`nfo-lane nfo-path-${path}${width ? '' : ' nfo-idle'}`} data-path={path}>
			<div class="nfo-lane-head">
				<strong><PathIcon path={path} /> {pathName(path)}</strong>
				<Numbers {...props} />
			</div>
			<div class="nfo-track">
				<svg aria-hidden="true" stroke-width={width || 1}>
					<line class="nfo-across" x1="0" x2="100%" y1="50%" y2="50%" />
					<line class="nfo-upright" x1="50%" x2="50%" y1="0" y2="100%" />
				</svg>
				<span class="nfo-stations" aria-hidden="true">
					{used && stations(path).map((station) => <span key={station}>{station}</span>)}
				</span>
			</div>
			<div class="nfo-burden">{burden(path)}</div>
		</li>
	);
}

/** The three ways of a packet through this router, as thick as their traffic. */
export function Picture({ status, diagnosis }: { status: Status; diagnosis: Diagnosis }) {
	const { flows, throughput, loaded } = diagnosis;
	const inside = status.networks.filter((network) => !isOutside([network]));
	const outside = status.networks.filter((network) => isOutside([network]));
	const used: Record<Path, boolean> = {
		slow: status.loaded.table,
		software: loaded.mode === 'software' || loaded.mode === 'hardware',
		hardware: loaded.mode === 'hardware',
	};
	const total = throughput ? throughput.slow + throughput.software + throughput.hardware : 0;
	return (
		<figure class="nfo-picture">
			<figcaption class="nfo-spoken">{_('The ways of a packet through this router, and what goes over each of them now')}</figcaption>
			<Box title={_('Your networks')} networks={inside} devices={status.devices} />
			<ul class="nfo-lanes">
				{PATHS.map((path) => (
					<Lane key={path} path={path} used={used[path]} flows={flows && flows[path]} bytes={throughput && throughput[path]} total={total} />
				))}
			</ul>
			<Box title={_('Internet')} networks={outside} devices={status.devices} />
		</figure>
	);
}
