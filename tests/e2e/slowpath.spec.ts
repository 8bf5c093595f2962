// SPDX-License-Identifier: Apache-2.0
import type { SlowPath } from '../../web/src/contract.ts';
import { expect, test } from './fixtures.ts';
import type { Router } from './router.ts';

/** s that traffic runs; longer ones are for a machine that is idle. */
const SECONDS = Number(process.env.SLOWPATH_SECONDS ?? 15);

const pause = (seconds: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, seconds * 1000); });
const tables = async (router: Router): Promise<string> => (await router.target.sh('nft list tables')).stdout;

/** The slow path, read after this call began. */
async function slow(router: Router): Promise<SlowPath> {
	const { now } = await router.call('status', { watch: true });
	let found: SlowPath | null = null;
	await expect.poll(async () => (found = (await router.call('status', { watch: true })).watch?.slow ?? null)?.at ?? 0).toBeGreaterThan(now);
	return found!;
}

/** Packets that each of three counted between LAN and WAN, both ways. */
async function counted(router: Router): Promise<{ slow: number; conntrack: number; device: number; since: number }> {
	const { pairs, since } = await slow(router);
	const [device = 0, conntrack = 0] = (await router.sh(`
		cd /sys/class/net/wan/statistics; echo $(( $(cat rx_packets) + $(cat tx_packets) ))
		awk '/src=(192\\.168\\.1\\.2|fd00:0*1:.*:0*2) / && /dst=(203\\.0\\.113\\.2|2001:0*db8:.*:0*2) / { for (i = 1; i <= NF; i++) if (sub("packets=", "", $i)) sum += $i } END { print sum + 0 }' /proc/net/nf_conntrack
	`)).trim().split('\n').map(Number);
	const lan = pairs.filter(({ iif, oif }) => [iif, oif].sort().join() === 'br-lan,wan');
	return { slow: lan.reduce((sum, { packets }) => sum + packets, 0), conntrack, device, since };
}

test('the slow path\'s counters agree with conntrack and with the device', async ({ router }) => {
	test.skip(!router.target.hasHosts, 'no hosts of their own');
	test.setTimeout(300_000 + SECONDS * 2000);
	// connections that ended stay countable
	const timeouts = ['tcp_timeout_time_wait', 'tcp_timeout_close', 'tcp_timeout_last_ack', 'udp_timeout', 'udp_timeout_stream'].map((name) => `/proc/sys/net/netfilter/nf_conntrack_${name}`);
	const old = (await router.sh(`cat ${timeouts.join(' ')}`)).trim().split('\n');
	await router.breaks(timeouts.map((file) => `echo 900 >${file}`).join('; '), timeouts.map((file, index) => `echo ${old[index]} >${file}`).join('; '));

	for (const mode of ['off', 'software'] as const)
		await test.step(mode, async () => {
			if (mode !== 'off')
				await router.change(mode);
			const before = await counted(router);
			await router.target.traffic(true);
			// kept alive: the sampler's table goes when nobody looks
			for (let left = SECONDS; left > 0; left -= 3) {
				await pause(Math.min(3, left));
				await router.call('status', { watch: true });
			}
			await router.target.traffic(false);
			await pause(2);
			const after = await counted(router);
			expect(after.since).toBe(before.since);
			const moved = (what: 'slow' | 'conntrack' | 'device'): number => after[what] - before[what];
			console.log(`${router.target.kind}, ${mode}: slow ${moved('slow')}, conntrack ${moved('conntrack')}, device ${moved('device')}`);

			expect(moved('device')).toBeGreaterThan(300);
			expect(Math.abs(moved('conntrack') / moved('device') - 1)).toBeLessThan(0.02);
			if (mode === 'off')
				expect(Math.abs(moved('slow') / moved('conntrack') - 1)).toBeLessThan(0.02);
			else
				expect(moved('slow')).toBeLessThan(0.5 * moved('device'));
		});
});

test('the sampler is killed: its table is gone all the same', async ({ router }) => {
	await slow(router);
	expect(await tables(router)).toContain('nft_offload');
	await router.sh('kill -9 $(pgrep -f "/usr/libexec/nft-offload/[s]ampler")');
	await expect.poll(() => tables(router)).not.toContain('nft_offload');
});
