// SPDX-License-Identifier: Apache-2.0
// The ubus object: what rpcd calls for the page. Each method answers at once,
// from files and with at most one fork; what takes longer is done by workers.
'use strict';

import { now } from 'nft_offload.run.process';
import { running, start } from 'nft_offload.run.started';
import { answer, ANSWERED } from 'nft_offload.change.answer';
import { recover_orphan } from 'nft_offload.change.orphan';
import { survey } from 'nft_offload.survey.ask';
import * as begin from 'nft_offload.change.begin';
import * as explore from 'nft_offload.explore.ask';
import * as facts from 'nft_offload.facts.status';
import * as kernel from 'nft_offload.facts.kernel';
import * as lease from 'nft_offload.watch.lease';
import * as record from 'nft_offload.change.record';
import * as state from 'nft_offload.run.state';

/** The version of the contract between this object and the page. */
const API = 1;

// How old what was seen of the kernel may be before we look again, s: asked
// now and then, asked by a page that polls, and while a change looks itself
const FRESH = 1;
const FRESH_WATCHED = 5;
const FRESH_BUSY = 30;

/** The method `status`: everything that the page shows first, as the contract's `Status`. */
function status(args) {
	let recovering = recover_orphan(),
	    tx = record.read(),
	    changing = record.under_way(tx),
	    loaded = state.read('loaded'),
	    age = loaded ? now() - loaded.at : null,
	    // nothing else is started while a worker works, and when one was started just now
	    busy = recovering || (changing && !(tx.step in ANSWERED)),
	    sampling = running('sampler');

	if (args?.watch && lease.renew() && !sampling && !busy && age != null && age < lease.LEASE) {
		sampling = start('sampler', 'sampler', 'run');
		busy = true;
	}

	if (age == null || age > (busy ? FRESH_BUSY : sampling ? FRESH_WATCHED : FRESH))
		loaded = kernel.look();

	let around = facts.surroundings(loaded.flowtable?.devices ?? []);

	return {
		api: API,
		now: now(),
		router: around.router,
		asked: facts.asked(changing ? state.read('undo')?.section : null),
		loaded,
		prerequisites: facts.prerequisites(around.modules),
		networks: around.networks,
		devices: around.devices,
		watch: sampling ? state.read('watch') : null,
		transaction: tx
	};
}

// A method about the change: first of all, one whose worker is gone is looked after
function about_change(method) {
	return (request) => {
		recover_orphan();

		return method(request.args);
	};
}

return {
	'luci.nft-offload': {
		status: {
			args: { watch: true },
			call: (request) => status(request.args)
		},
		apply: {
			args: { mode: 'off', confirm_timeout: 60 },
			call: about_change(begin.apply)
		},
		confirm: {
			args: { id: '' },
			call: about_change((args) => answer(args?.id, 'keep'))
		},
		revert: {
			args: { id: '' },
			call: about_change((args) => answer(args?.id, 'revert'))
		},
		measure: {
			args: { seconds: 15 },
			call: about_change(begin.measure)
		},
		coverage: {
			args: {},
			call: () => survey('coverage')
		},
		conflicts: {
			args: {},
			call: () => survey('conflicts')
		},
		flows: {
			args: { search: '', path: '', protocol: '', family: '', zone: '', sort: '' },
			call: (request) => explore.flows(request.args)
		},
		groups: {
			args: {},
			call: () => explore.groups()
		}
	}
};
