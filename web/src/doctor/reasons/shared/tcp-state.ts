// SPDX-License-Identifier: Apache-2.0

const OPENING = /^(NONE|SYN_|LISTEN)/;

/** Whether a TCP connection in this state of conntrack, other than ESTABLISHED, is on its way out, not in. */
export const isClosing = (state: string): boolean => !OPENING.test(state);
