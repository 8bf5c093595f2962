// SPDX-License-Identifier: Apache-2.0
export class UciObject { constructor(s) { void s; } methods() { return {}; } purge() {} }
