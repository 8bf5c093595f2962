// SPDX-License-Identifier: Apache-2.0
import type { ErrorCode, ErrorDetail, Mode, ProbedDevice, Status } from '../contract.ts';
import { isRunning } from './transaction.ts';

/** ok: there; note: works, with a limit; missing: the mode cannot be tried. */
export type Standing = 'ok' | 'note' | 'missing';

/** What can keep any mode from being tried. */
type Lack = 'FIREWALL4' | 'NFT' | 'FIREWALL_ENABLED' | 'FIREWALL_LOADED' | 'CONFIG_WRITABLE';

export type Prerequisite =
	/** firewall4 with all it needs: installed, enabled, loaded, its configuration writable. */
	| { code: 'FIREWALL'; standing: 'ok' }
	| { code: Lack; standing: 'missing' }
	| { code: 'ACCOUNTING'; standing: Standing }
	| { code: 'MODULES'; standing: Standing; missing: string[]; kernel: string }
	| { code: 'NICS'; standing: Standing; nics: { name: string; driver: string }[] }
	| { code: 'REFUSED_BY'; standing: 'note'; devices: ProbedDevice[] };

function firewallOf({ prerequisites: has, loaded }: Status): Prerequisite[] {
	const there: Record<Lack, boolean> = {
		FIREWALL4: has.fw4,
		NFT: has.nft,
		FIREWALL_ENABLED: has.firewall_enabled,
		FIREWALL_LOADED: loaded.table,
		CONFIG_WRITABLE: has.config_writable,
	};
	const lacks = (Object.keys(there) as Lack[]).filter((code) => !there[code]);
	return lacks.length ? lacks.map((code) => ({ code, standing: 'missing' })) : [{ code: 'FIREWALL', standing: 'ok' }];
}

/**
 * What a mode needs, checked against this router. A NIC's own word about
 * hardware offload is worth nothing in either direction, so NICs are only
 * named, with those that refused in the last trial.
 */
export function prerequisitesOf(mode: Mode, status: Status): Prerequisite[] {
	const firewall = firewallOf(status);
	if (mode === 'off')
		return firewall;

	const { prerequisites: has, devices, router, transaction } = status;
	const missing = Object.entries(has.modules).filter(([, state]) => state === 'missing').map(([name]) => name);
	const fast: Prerequisite[] = [
		{ code: 'MODULES', standing: missing.length ? 'missing' : 'ok', missing, kernel: router.kernel },
		...firewall,
		{ code: 'ACCOUNTING', standing: has.accounting === false ? 'note' : 'ok' },
	];
	if (mode === 'software')
		return fast;

	const nics = devices.flatMap(({ name, driver }) => (driver === null ? [] : [{ name, driver }]));
	const refused = transaction?.error?.code === 'HARDWARE_REFUSED'
		? (transaction.error.detail.devices ?? []).filter((device) => !device.accepted) : [];
	if (refused.length)
		fast.push({ code: 'REFUSED_BY', standing: 'note', devices: refused });
	return [...fast, { code: 'NICS', standing: nics.length ? 'ok' : 'note', nics }];
}

/** Why a mode cannot be tried now, as the backend would say it. */
export interface Obstacle {
	code: ErrorCode;
	detail: ErrorDetail;
}

export const REFUSAL: Record<Lack, ErrorCode> = {
	FIREWALL4: 'FW4_MISSING',
	NFT: 'NFT_MISSING',
	FIREWALL_ENABLED: 'FIREWALL_DISABLED',
	FIREWALL_LOADED: 'FIREWALL_NOT_LOADED',
	CONFIG_WRITABLE: 'CONFIG_READ_ONLY',
};

/** The first thing that keeps a mode from being tried; null when nothing does. */
export function obstacleTo(mode: Mode, status: Status): Obstacle | null {
	const { transaction, asked } = status;
	if (isRunning(transaction))
		return { code: 'BUSY', detail: { id: transaction.id, mode: transaction.mode, step: transaction.step } };
	for (const prerequisite of prerequisitesOf(mode, status)) {
		if (prerequisite.code in REFUSAL)
			return { code: REFUSAL[prerequisite.code as Lack], detail: {} };
		if (prerequisite.code === 'MODULES' && prerequisite.standing === 'missing')
			return { code: 'MODULE_MISSING', detail: { modules: prerequisite.missing } };
	}
	if (asked.section === null)
		return { code: 'CONFIG_UNREADABLE', detail: {} };
	return asked.foreign.length ? { code: 'FOREIGN_CHANGES', detail: { changes: asked.foreign } } : null;
}
