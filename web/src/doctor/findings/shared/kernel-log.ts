// SPDX-License-Identifier: Apache-2.0
import type { ConflictFacts } from '../../../contract.ts';

const COMPLAINT = /fail|error|unable|timed? ?out|cut here|bug:|warning:/i;
const WED = /_wed|wed_|\bwed\b|_wo\b/i;

/** Lines of the log that complain, without those that only inform: about Wi-Fi offloading (WED), where it is on, or about the rest. */
export function complaints({ log, wed }: ConflictFacts, about: 'wed' | 'the rest'): string[] {
	const wedIsOn = wed.some(({ enabled }) => enabled);
	return log.filter((line) => COMPLAINT.test(line) && (WED.test(line) && wedIsOn) === (about === 'wed'));
}
