// SPDX-License-Identifier: Apache-2.0
import type { ConflictFacts } from '../../../contract.ts';

/** Of these services, those that start with the router. */
export const enabledServices = ({ services }: ConflictFacts, ...names: string[]): string[] =>
	services.filter(({ name, enabled }) => enabled && names.includes(name)).map(({ name }) => name);

/** Everything that shapes traffic. */
export const shapers = (conflicts: ConflictFacts): string[] => [
	...conflicts.sqm.filter(({ enabled }) => enabled).map((sqm) => `sqm: ${sqm.interface} (${sqm.qdisc})`),
	...enabledServices(conflicts, 'qosify', 'qosmate', 'nft-qos', 'qos'),
	...(conflicts.qdiscs ?? []).map(({ device, kind }) => `${device}: ${kind}`),
];

const SPEED_TEST = /^(iperf|netperf|netserver|speedtest)/;

/** Programs on the router that measure its speed. */
export const speedTests = ({ observers }: ConflictFacts): string[] => observers.filter((name) => SPEED_TEST.test(name));

/** Programs on the router that capture packets. */
export const captures = ({ observers }: ConflictFacts): string[] => observers.filter((name) => !SPEED_TEST.test(name));
