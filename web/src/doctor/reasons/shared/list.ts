// SPDX-License-Identifier: Apache-2.0
/* Written by `npm run findings`; do not edit. */
import closing from '../closing.ts';
import exempt from '../exempt.ts';
import flaggedSlow from '../flagged-slow.ts';
import helper from '../helper.ts';
import idle from '../idle.ts';
import ipOptions from '../ip-options.ts';
import notCovered from '../not-covered.ts';
import notEstablished from '../not-established.ts';
import notKnown from '../not-known.ts';
import off from '../off.ts';
import offloaded from '../offloaded.ts';
import protocol from '../protocol.ts';
import router from '../router.ts';
import sameNetwork from '../same-network.ts';
import still from '../still.ts';
import tooYoung from '../too-young.ts';
import tunnel from '../tunnel.ts';

export const REASONS = {
	CLOSING: closing,
	EXEMPT: exempt,
	FLAGGED_SLOW: flaggedSlow,
	HELPER: helper,
	IDLE: idle,
	IP_OPTIONS: ipOptions,
	NOT_COVERED: notCovered,
	NOT_ESTABLISHED: notEstablished,
	NOT_KNOWN: notKnown,
	OFF: off,
	OFFLOADED: offloaded,
	PROTOCOL: protocol,
	ROUTER: router,
	SAME_NETWORK: sameNetwork,
	STILL: still,
	TOO_YOUNG: tooYoung,
	TUNNEL: tunnel,
};

export type ReasonCode = keyof typeof REASONS;
