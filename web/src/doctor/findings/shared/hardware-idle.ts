// SPDX-License-Identifier: Apache-2.0
import { HARDWARE_IDLE } from '../../symptoms.ts';
import type { Seen } from './finding.ts';

/** The board and its connections by path, where hardware offloading is loaded, traffic flows, and none of it is in hardware. `before`: there was some under this ruleset. */
export const nothingInHardware = ({ status, memory }: Seen<'status' | 'memory'>, before: boolean): string[] =>
	(status.loaded.flowtable?.offload && memory.hardware === before && memory.symptoms.get(HARDWARE_IDLE)?.on
		? [status.router.model, `[OFFLOAD]: ${memory.windows[0]?.flows.software ?? 0}`, '[HW_OFFLOAD]: 0'] : []);
