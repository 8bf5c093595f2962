// SPDX-License-Identifier: Apache-2.0
/** Why a call, or a change that is under way, could not be carried out. */
import type { Decision, Mode, ProbedDevice, Step, UciChange } from './common.ts';

export type ErrorCode =
	/* arguments */
	| 'INVALID_ARGUMENT' /* detail: { argument, expected } */
	/* before anything changes */
	| 'BUSY' /* another transaction runs; detail: { id, mode, step } */
	| 'FW4_MISSING'
	| 'NFT_MISSING'
	| 'MODULE_MISSING' /* detail: { modules } */
	| 'FIREWALL_DISABLED' /* no start link in /etc/rc.d */
	| 'FIREWALL_NOT_LOADED' /* no table inet fw4; detail: { output } */
	| 'CONFIG_UNREADABLE' /* /etc/config/firewall has no `defaults` section, or does not parse */
	| 'CONFIG_READ_ONLY'
	| 'CONFIG_FULL' /* detail: { available, needed } bytes */
	| 'TMP_FULL' /* state cannot be written */
	| 'FOREIGN_CHANGES' /* somebody's uncommitted changes; detail: { changes } */
	| 'START_FAILED' /* the worker could not be started */
	| 'NOTHING_TO_COMPARE' /* offloading is off, or not loaded as it is saved */
	/* during the transaction: rolled back */
	| 'STAGING_FAILED'
	| 'RULESET_INVALID' /* fw4 check failed; detail: { output } */
	| 'HARDWARE_REFUSED' /* detail: { devices, output } */
	| 'MEASURE_FAILED' /* the slow path's counters could not be read; detail: { output } */
	| 'RELOAD_FAILED' /* the kernel does not hold the new ruleset; detail: { output } */
	| 'VERIFY_FAILED' /* reloaded, but the flowtable is not what was asked; detail: { output } */
	| 'COMMIT_FAILED' /* Keep could not be written; detail: { output } */
	| 'WORKER_DIED' /* found dead by its guard or by the next caller; detail: { step } */
	/* the rollback itself */
	| 'ROLLBACK_FAILED' /* detail: { output } */
	/* answers to a trial */
	| 'NO_TRANSACTION'
	| 'UNKNOWN_ID' /* detail: { id } */
	| 'NOT_WAITING' /* detail: { step } */
	| 'EXPIRED'; /* already decided; detail: { decision } */

export interface ErrorDetail {
	argument?: string;
	expected?: string;
	id?: string;
	mode?: Mode;
	step?: Step;
	modules?: string[];
	available?: number;
	needed?: number;
	changes?: UciChange[];
	devices?: ProbedDevice[];
	/** What the router's own tool printed, at most 4096 bytes. */
	output?: string;
	decision?: Decision;
}

/** `message` is plain English for logs and scripts; the page translates `code`. */
export interface Failure {
	code: ErrorCode;
	message: string;
	detail: ErrorDetail;
}

export interface Refusal {
	error: Failure;
}
