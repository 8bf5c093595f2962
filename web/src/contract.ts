// SPDX-License-Identifier: Apache-2.0
/**
 * The contract of the ubus object `luci.nft-offload`: methods, arguments,
 * replies and error codes. The page, the tests and the documentation all use
 * these types; the backend's real replies are validated against them.
 *
 * Facts only: nothing in a reply is a judgement. Judgement is the doctor's.
 * Every time is `Uptime`: seconds since boot (CLOCK_MONOTONIC), because a
 * router's wall clock jumps when NTP answers.
 *
 * An argument of the wrong type, or one that is not listed, is refused by rpcd
 * itself with ubus status 2 (Invalid argument) before the backend is reached.
 */

import type { NoArguments, Survey } from './contract/common.ts';
import type { ConflictFacts } from './contract/conflicts.ts';
import type { CoverageFacts } from './contract/coverage.ts';
import type { Refusal } from './contract/errors.ts';
import type { FlowsArguments, FlowsFacts, GroupsFacts } from './contract/flows.ts';
import type { MeasureArguments } from './contract/measure.ts';
import type { Status, StatusArguments } from './contract/status.ts';
import type { Accepted, AnswerArguments, ApplyArguments } from './contract/transaction.ts';

export type * from './contract/common.ts';
export type * from './contract/conflicts.ts';
export type * from './contract/coverage.ts';
export type * from './contract/errors.ts';
export type * from './contract/flows.ts';
export type * from './contract/measure.ts';
export type * from './contract/status.ts';
export type * from './contract/transaction.ts';
export { CONFIRM_TIMEOUT } from './contract/transaction.ts';

export const OBJECT = 'luci.nft-offload';

/** Version of this contract. A page that meets another number says so. */
export const API = 1;

export interface Methods {
	status: { arguments: StatusArguments; reply: Status };
	apply: { arguments: ApplyArguments; reply: Accepted | Refusal };
	confirm: { arguments: AnswerArguments; reply: Accepted | Refusal };
	revert: { arguments: AnswerArguments; reply: Accepted | Refusal };
	coverage: { arguments: NoArguments; reply: Survey<CoverageFacts> | Refusal };
	conflicts: { arguments: NoArguments; reply: Survey<ConflictFacts> | Refusal };
	flows: { arguments: FlowsArguments; reply: Survey<FlowsFacts> | Refusal };
	groups: { arguments: NoArguments; reply: Survey<GroupsFacts> | Refusal };
	/** Starts a comparison; `revert` ends it early. Its result is in `Status.transaction.measurement`. */
	measure: { arguments: MeasureArguments; reply: Accepted | Refusal };
}
