// SPDX-License-Identifier: Apache-2.0
/** Commands in a guest, however they reach it. */

/** Where in the guest a command runs. */
export type Place =
	/** The router's userland and network. */
	| 'router'
	/** The LAN client or the WAN server: Debian's tools in a network namespace. */
	| 'client' | 'server'
	/** Debian's tools in the router's network namespace. */
	| 'tools';

/** What came of it. */
export interface Ran {
	code: number;
	stdout: string;
	stderr: string;
}

export interface Command {
	place: Place;
	/** For `/bin/sh -c`. */
	command: string;
	/** Standard input; default: none. */
	input?: Buffer | string;
	/** ms; when it is over, the command's process group is killed and the code is 124. */
	timeout: number;
}

/** The guest is gone, or its agent does not answer. */
export class ChannelError extends Error {}
