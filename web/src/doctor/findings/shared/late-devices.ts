// SPDX-License-Identifier: Apache-2.0
import type { Seen } from './finding.ts';
import { routedNetworks } from './missing-devices.ts';

/** Devices that a reload would bring into the flowtable, as `lan: phy1-ap0`: a network's own device (`own`), or ports below it. */
export function lateDevices({ coverage, judged }: Seen<'coverage' | 'judged'>, own: boolean): string[] {
	const isOwn = (name: string, device: string): boolean => coverage.networks.some((network) => network.name === name && network.device === device);
	return routedNetworks({ judged }).filter(({ overall }) => overall !== 'covered').flatMap(({ name, late }) =>
		late.filter(({ code, device }) => code === 'APPEARED' && isOwn(name, device) === own).map(({ device }) => `${name}: ${device}`));
}

/** What it means that a device is not in the flowtable yet. */
export const notYetMeans = (): string => _('It is not on the fast path yet, so its packets pass the whole firewall.');
