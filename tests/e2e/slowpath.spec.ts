// SPDX-License-Identifier: Apache-2.0
import { expect, test, TEST_ALL } from './fixtures.ts';
import type { Router } from './router.ts';

/** s that traffic runs; longer ones are for a machine that is idle. */
const SECONDS = Number(process.env.SLOWPATH_SECONDS ?? 15);

const pause = (seconds: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, seconds * 1000); });
const tables = async (router: Router): Promise<string> => (await router.target.sh('nft list tables')).stdout;

/**
 * Packets of each connection between LAN and WAN, by protocol and addresses. /proc/net/nf_conntrack is
 * read in pieces, by position (net/netfilter/nf_conntrack_standalone.c, ct_get_idx): what comes or goes
 * meanwhile makes it tell a connection twice, or not at all. So it is read twice, and each counts once.
 */
async function connections(router: Router): Promise<Map<string, number>> {
	const text = await router.sh('cat /proc/net/nf_conntrack /proc/net/nf_conntrack');
	const found = new Map<string, number>();
	for (const line of text.split('\n')) {
		const words = line.trim().split(/\s+/), fields = words.filter((word) => word.includes('='));
		if (!/^src=(192\.168\.1\.2|fd00:0*1:.*:0*2)$/.test(fields[0] ?? '') || !/^dst=(203\.0\.113\.2|2001:0*db8:.*:0*2)$/.test(fields[1] ?? ''))
			continue;
		const key = [words[2], ...fields.slice(0, 4)].join(' ');
		const packets = fields.filter((field) => field.startsWith('packets=')).reduce((sum, field) => sum + Number(field.slice(8)), 0);
		found.set(key, Math.max(packets, found.get(key) ?? 0));
	}
	return found;
}

interface Counted { slow: number; device: number; conntrack: Map<string, number>; since: number }

/** Packets that each of three counted between LAN and WAN, both ways. */
async function counted(router: Router): Promise<Counted> {
	const { pairs, since } = await router.slow();
	const device = Number(await router.sh('cd /sys/class/net/wan/statistics; echo $(( $(cat rx_packets) + $(cat tx_packets) ))'));
	const lan = pairs.filter(({ iif, oif }) => [iif, oif].sort().join() === 'br-lan,wan');
	return { slow: lan.reduce((sum, { packets }) => sum + packets, 0), conntrack: await connections(router), device, since };
}

/** What was counted between two looks. A connection of before may have run out: it moved nothing, or it would still be there. */
function between(before: Counted, after: Counted): { slow: number; conntrack: number; device: number; each: string } {
	const moved = [...after.conntrack].map(([key, packets]) => ({ key, packets: packets - (before.conntrack.get(key) ?? 0), known: before.conntrack.get(key) }));
	const gone = [...before.conntrack].filter(([key]) => !after.conntrack.has(key)).map(([key, packets]) => `${key} is gone, it had ${packets}`);
	return {
		slow: after.slow - before.slow, device: after.device - before.device, conntrack: moved.reduce((sum, { packets }) => sum + packets, 0),
		each: [...moved.filter(({ packets }) => packets).map(({ key, packets, known }) => `${key}: ${packets}${known === undefined ? '' : ` above ${known}`}`), ...gone].join('\n'),
	};
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
			const moved = between(before, after);
			console.log(`${router.target.kind}, ${mode}: slow ${moved.slow}, conntrack ${moved.conntrack}, device ${moved.device}`);

			expect(moved.device).toBeGreaterThan(300);
			expect(Math.abs(moved.conntrack / moved.device - 1), moved.each).toBeLessThan(0.02);
			if (mode === 'off')
				expect(Math.abs(moved.slow / moved.conntrack - 1), moved.each).toBeLessThan(0.02);
			else
				expect(moved.slow).toBeLessThan(0.5 * moved.device);
		});
});

test('the sampler is killed: its table is gone all the same', { tag: TEST_ALL }, async ({ router }) => {
	await router.slow();
	expect(await tables(router)).toContain('nft_offload');
	await router.sh('kill -9 $(pgrep -f "/usr/libexec/nft-offload/[s]ampler")');
	await expect.poll(() => tables(router)).not.toContain('nft_offload');
});
