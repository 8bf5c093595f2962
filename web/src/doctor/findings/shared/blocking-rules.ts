// SPDX-License-Identifier: Apache-2.0
import type { BlockRule, ConflictFacts } from '../../../contract.ts';

/** Rules with times. */
export const timedRules = ({ blocks }: ConflictFacts): BlockRule[] => blocks.filter(({ timed }) => timed);

/** Rules without times that block named clients. */
export const clientRules = ({ blocks }: ConflictFacts): BlockRule[] =>
	blocks.filter(({ timed, clients, target }) => !timed && clients.length > 0 && /^(DROP|REJECT)$/i.test(target));

/** `TV 192.168.1.50`, or '?' for a rule that says neither its name nor whom it is about. */
export const ruleName = ({ name, clients }: BlockRule): string => [name, ...clients].filter(Boolean).join(' ') || '?';
