// SPDX-License-Identifier: Apache-2.0
/** What helps against several findings. A finding takes one over with `...reloadFirewall`, and says more where it has more to say. */
import type { WayOut } from './finding.ts';

/** LuCI's page of the firewall's zones. */
export const FIREWALL_PAGE = 'admin/network/firewall';

/** The command that saves a mode and loads it. */
export const saveMode = (software: 0 | 1, hardware: 0 | 1, verb: 'reload' | 'restart' = 'reload'): string => [
	`uci set firewall.@defaults[0].flow_offloading=${software}`,
	`uci set firewall.@defaults[0].flow_offloading_hw=${hardware}`,
	'uci commit firewall',
	`/etc/init.d/firewall ${verb}`,
].join('; ');

/** Opkg up to 24.10, apk later. `release` is DISTRIB_DESCRIPTION. */
export const installPackage = (release: string, name: string): string =>
	(/\b2[1-4]\.\d\d/.test(release) ? `opkg update; opkg install ${name}` : `apk add -U ${name}`);

/** A reload removes the flowtable and makes it anew; conntrack stays, so connections are offloaded again within packets. */
export const reloadFirewall = {
	command: '/etc/init.d/firewall reload',
	steps: () => [_('Reload the firewall with the command below.')],
	costs: () => _('For a moment all connections pass the whole firewall again; none of them is cut.'),
} satisfies WayOut;

export const chooseSoftware = {
	command: saveMode(1, 0),
	steps: () => [_('Choose “Software” above, press “Try it”, and then “Keep” if all is well.')],
	costs: () => _('Offloading then runs in software only, which costs more CPU time.'),
} satisfies WayOut;

/** The same, where nothing is in hardware anyway. */
export const stayInSoftware = {
	...chooseSoftware,
	costs: () => _('Nothing becomes slower, because all offloaded connections run in software already.'),
} satisfies WayOut;

export const chooseOff = {
	command: saveMode(0, 0),
	steps: () => [_('Choose “Off” above, press “Try it”, and then “Keep” if all is well.')],
	costs: () => _('Every packet costs CPU time again, so a fast line may no longer be used up.'),
} satisfies WayOut;

export const upgradeOpenWrt = {
	page: 'admin/system/flash',
	steps: () => [_('Save a backup of the configuration, then install a newer OpenWrt.')],
	costs: () => _('The router restarts and is away for some minutes.'),
} satisfies WayOut;

/** Any text without a dot or a colon makes OpenWrt's kernel forget all connections. TCP through NAT is mostly reset by it. */
export const forgetConnections = {
	command: 'echo f > /proc/net/nf_conntrack',
	steps: () => [_('After each change, make the router forget its connections with the command below.')],
	costs: () => _('Most running downloads, calls and logins break off and have to begin again.'),
} satisfies WayOut;
