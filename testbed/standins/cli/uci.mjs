// SPDX-License-Identifier: Apache-2.0
export function uciCommand() { return { code: 1, stdout: '', stderr: 'uci: pending\n' }; }
