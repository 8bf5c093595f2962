// SPDX-License-Identifier: Apache-2.0
import type { ErrorCode, Mode, ProbedDevice, Status } from '../contract.ts';
import { isRunning } from './transaction.ts';

/** ok: there; note: works, with a limit; missing: the mode cannot be tried. */
export type Standing = 'ok' | 'note' | 'missing';

export type Prerequisite =
	| { code: 'FIREWALL4' | 'NFT' | 'FIREWALL_ENABLED' | 'FIREWALL_LOADED' | 'CONFIG_WRITABLE' | 'ACCOUNTING'; standing: Standing }
	| { code: 'MODULES'; standing: Standing; missing: string[] }
	| { code: 'KERNEL'; standing: Standing; release: string }
	| { code: 'NICS'; standing: Standing; nics: { name: string; driver: string }[] }
	| { code: 'REFUSED_BY'; standing: Standing; devices: ProbedDevice[] };

const standing = (there: boolean): Standing => (there ? 'ok' : 'missing');

/**
 * What a mode needs, checked against this router. A NIC's own word about
 * hardware offload is worth nothing in either direction, so NICs are only
 * named, with those that refused in the last trial.
 */
export function prerequisitesOf(mode: Mode, status: Status): Prerequisite[] {
	const { prerequisites: has, loaded, devices, router, transaction } = status;
	const common: Prerequisite[] = [
		{ code: 'FIREWALL4', standing: standing(has.fw4) },
		{ code: 'NFT', standing: standing(has.nft) },
		{ code: 'FIREWALL_ENABLED', standing: standing(has.firewall_enabled) },
		{ code: 'FIREWALL_LOADED', standing: standing(loaded.table) },
		{ code: 'CONFIG_WRITABLE', standing: standing(has.config_writable) },
	];
	if (mode === 'off')
		return common;

	const missing = Object.entries(has.modules).filter(([, state]) => state === 'missing').map(([name]) => name);
	const fast: Prerequisite[] = [
		{ code: 'KERNEL', standing: 'ok', release: router.kernel },
		{ code: 'MODULES', standing: standing(missing.length === 0), missing },
		...common,
		{ code: 'ACCOUNTING', standing: has.accounting === false ? 'note' : 'ok' },
	];
	if (mode === 'software')
		return fast;

	const nics = devices.flatMap(({ name, driver }) => (driver === null ? [] : [{ name, driver }]));
	const refused = transaction?.error?.code === 'HARDWARE_REFUSED'
		? (transaction.error.detail.devices ?? []).filter((device) => !device.accepted) : [];
	return [
		...fast,
		{ code: 'NICS', standing: nics.length ? 'ok' : 'note', nics },
		...(refused.length ? [{ code: 'REFUSED_BY' as const, standing: 'note' as const, devices: refused }] : []),
	];
}

/** Why a mode cannot be tried now, as the backend would refuse it; null when it can. */
export function obstacleTo(mode: Mode, status: Status): ErrorCode | null {
	if (isRunning(status.transaction))
		return 'BUSY';
	const codes: Partial<Record<Prerequisite['code'], ErrorCode>> = {
		FIREWALL4: 'FW4_MISSING',
		NFT: 'NFT_MISSING',
		FIREWALL_ENABLED: 'FIREWALL_DISABLED',
		FIREWALL_LOADED: 'FIREWALL_NOT_LOADED',
		MODULES: 'MODULE_MISSING',
		CONFIG_WRITABLE: 'CONFIG_READ_ONLY',
	};
	for (const { code, standing: state } of prerequisitesOf(mode, status)) {
		const obstacle = state === 'missing' && codes[code];
		if (obstacle)
			return obstacle;
	}
	if (status.asked.section === null)
		return 'CONFIG_UNREADABLE';
	return status.asked.foreign.length ? 'FOREIGN_CHANGES' : null;
}
