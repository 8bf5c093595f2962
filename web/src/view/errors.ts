// SPDX-License-Identifier: Apache-2.0
import type { Failure } from '../contract.ts';
import type { Trouble } from '../ubus.ts';
import { integer } from './format.ts';
import { modeName, stepName } from './words.ts';

/** What happened, and what to do about it ('' when nothing). */
export interface Explanation {
	what: string;
	todo: string;
}

const say = (what: string, todo = ''): Explanation => ({ what, todo });

/** An error of the backend in the person's words. */
export function explain({ code, detail }: Pick<Failure, 'code' | 'detail'>): Explanation {
	switch (code) {
	case 'INVALID_ARGUMENT':
		return say(_('The router did not understand the request.'), _('Reload this page.'));
	case 'BUSY':
		return say(detail.mode && detail.step
			? _('A trial is running: %s, step “%s”.').format(modeName(detail.mode), stepName(detail.step))
			: _('A trial is running.'), _('Answer it, or wait until it has ended.'));
	case 'FW4_MISSING':
		return say(_('firewall4 is not installed on this router.'), _('Install the package firewall4.'));
	case 'NFT_MISSING':
		return say(_('The program nft is not installed on this router.'), _('Install the package nftables.'));
	case 'MODULE_MISSING':
		return say(_('Kernel modules are missing: %s.').format((detail.modules ?? []).join(', ')), _('Install the package kmod-nft-offload.'));
	case 'FIREWALL_DISABLED':
		return say(_('The firewall is disabled, it would not be loaded at the next boot.'), _('Enable the service “firewall” under System → Startup.'));
	case 'FIREWALL_NOT_LOADED':
		return say(_('The firewall is not loaded.'), _('Start the service “firewall” under System → Startup and read what it says.'));
	case 'CONFIG_UNREADABLE':
		return say(_('The firewall\'s configuration cannot be read or has no section “defaults”.'), _('Repair /etc/config/firewall.'));
	case 'CONFIG_READ_ONLY':
		return say(_('The file system that holds /etc/config/firewall cannot be written, so nothing could be kept.'), _('Look in the kernel log why it is read-only.'));
	case 'CONFIG_FULL':
		return say(detail.available != null && detail.needed != null
			? _('The file system that holds /etc/config/firewall is full: %s bytes are free, %s are needed.').format(integer(detail.available), integer(detail.needed))
			: _('The file system that holds /etc/config/firewall is full.'), _('Free some space there.'));
	case 'TMP_FULL':
		return say(_('The router\'s memory file system /tmp is full.'), _('Free some space there.'));
	case 'FOREIGN_CHANGES':
		return say(_('Somebody\'s changes to the firewall\'s configuration are not saved yet. A trial would mix with them.'), _('Apply or discard them first.'));
	case 'START_FAILED':
		return say(_('The trial could not be started.'));
	case 'NOTHING_TO_COMPARE':
		return say(_('Offloading is off, or not loaded as it is saved: there is nothing to compare.'), _('Choose Software or Hardware first.'));
	case 'STAGING_FAILED':
		return say(_('The change could not be staged.'));
	case 'RULESET_INVALID':
		return say(_('The firewall\'s ruleset does not pass its check with this change, so it was not loaded.'), _('Read the router\'s words: the mistake is usually in a file or an option that they name.'));
	case 'HARDWARE_REFUSED': {
		const refused = (detail.devices ?? []).filter((device) => !device.accepted).map((device) => device.name);
		return say(refused.length
			? _('These devices refuse hardware offload: %s. The firewall offloads in hardware on all devices or on none.').format(refused.join(', '))
			: _('A device refuses hardware offload.'), _('Choose Software.'));
	}
	case 'MEASURE_FAILED':
		return say(_('The slow path could not be counted.'), _('Read the router\'s words.'));
	case 'RELOAD_FAILED':
		return say(_('The firewall was reloaded, but the kernel did not take the new ruleset.'), _('Read the router\'s words.'));
	case 'VERIFY_FAILED':
		return say(_('The firewall was reloaded, but the flowtable in the kernel is not what was asked for.'), _('Read the router\'s words.'));
	case 'COMMIT_FAILED':
		return say(_('The setting could not be saved.'), _('Look whether the file system that holds /etc/config is full or read-only.'));
	case 'WORKER_DIED':
		return say(detail.step
			? _('The program that made the change ended unexpectedly in the step “%s”.').format(stepName(detail.step))
			: _('The program that made the change ended unexpectedly.'), _('Try it again; if it happens again, look in the system log.'));
	case 'ROLLBACK_FAILED':
		return say(_('Going back did not succeed.'), _('Look at System → Startup and restart the service “firewall”.'));
	case 'NO_TRANSACTION':
	case 'UNKNOWN_ID':
		return say(_('This trial does not exist any more.'));
	case 'NOT_WAITING':
		return say(_('The trial does not wait for an answer now.'));
	case 'EXPIRED':
		return say(detail.decision === 'keep' ? _('Too late: somebody has kept it already.')
			: detail.decision === 'revert' ? _('Too late: somebody has gone back already.')
				: _('Too late: the time was up and the router went back.'));
	default:
		/* A newer service may know more. */
		return say(_('The router answered with the error %s.').format(code));
	}
}

/** Why the page has no news. */
export function explainTrouble(trouble: Trouble): Explanation {
	switch (trouble) {
	case 'UNREACHABLE':
		return say(_('The router does not answer.'), _('It may be restarting. This page goes on by itself as soon as it answers.'));
	case 'NO_SERVICE':
		return say(_('The service behind this page does not answer on the router.'), _('It may be restarting, then this page goes on by itself. Otherwise install the package luci-app-nft-offload again.'));
	case 'SESSION_EXPIRED':
		return say(_('Your login has expired.'), _('Log in again, in any tab, and this page goes on. A trial goes back by itself if nobody answers.'));
	case 'DENIED':
		return say(_('Your account may not read this.'), _('An administrator can grant it “luci-app-nft-offload”.'));
	case 'OTHER_VERSION':
		return say(_('This page and the service on the router are of different versions.'), _('Reload this page without the browser\'s cache.'));
	}
}
