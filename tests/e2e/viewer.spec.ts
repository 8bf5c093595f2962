// SPDX-License-Identifier: Apache-2.0
import { expect, test } from './fixtures.ts';

test('a read-only account sees everything and no action', async ({ luci, router }) => {
	await luci.open(router.target.viewer);

	await expect(luci.tile('loaded')).toContainText('Off');
	await expect(luci.card('hardware')).toBeVisible();
	await expect(luci.page.locator('.nfo').getByRole('button')).toHaveCount(0);
	await expect(luci.page.locator('.nfo').getByRole('radio')).toHaveCount(0);
});

test('every write method answers a read-only account with "permission denied"', async ({ request, router }) => {
	const { url, viewer } = router.target;
	const ubus = async (session: string, object: string, method: string, args: object): Promise<unknown> => {
		const reply = await request.post(`${url}/ubus`, {
			data: { jsonrpc: '2.0', id: 1, method: 'call', params: [session, object, method, args] },
		});
		return reply.json();
	};
	const login = await ubus('0'.repeat(32), 'session', 'login', viewer) as { result: [0, { ubus_rpc_session: string }] };
	const session = login.result[1].ubus_rpc_session;

	expect(await ubus(session, 'luci.nft-offload', 'status', {})).toMatchObject({ result: [0, { api: 1 }] });
	for (const [method, args] of [['apply', { mode: 'software' }], ['confirm', { id: 'x' }], ['revert', { id: 'x' }]] as const) {
		const denied = await ubus(session, 'luci.nft-offload', method, args) as { error?: { code: number }; result?: number[] };
		// uhttpd-mod-ubus: JSON-RPC -32002 "Access denied"; ubus itself: status 6 PERMISSION_DENIED
		expect(denied.error?.code ?? denied.result?.[0], method).toBe(denied.error ? -32002 : 6);
	}
	expect((await router.status()).transaction).toBeNull();
});
