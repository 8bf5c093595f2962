// SPDX-License-Identifier: Apache-2.0
/** Images for other processors, on their own kernel: they boot, take the package from our feed, and switch. No browser. */
import { smokeImages, unpinned } from '../../testbed/targets/index.ts';
import { ImageRouter } from '../../testbed/targets/image.ts';
import { run } from '../../host/run.ts';
import { expect, test } from './fixtures.ts';
import { Router } from './router.ts';

for (const { board, get } of smokeImages())
	test(`${board}: installed from our feed, it tells its status and switches to software and back`, async () => {
		test.setTimeout(3_600_000);
		const { reason } = unpinned().find((other) => other.board === board) ?? {};
		test.skip(reason !== undefined, reason);
		if (board !== 'x86/64')
			await run('testbed/vm/install-packages.sh', ['smoke']);
		const image = await get();
		const target = await ImageRouter.of(image, image.disk);
		try {
			await target.install(image);
			const router = await Router.of(target);
			expect(await router.status()).toMatchObject({ api: 1, transaction: null });

			await router.change('software');
			expect(await router.saved()).toEqual({ flow_offloading: '1', flow_offloading_hw: null });
			expect(await router.flowtable()).toMatch(/devices = \{ \S.* \}/);

			await router.change('off');
			expect(await router.saved()).toEqual({ flow_offloading: null, flow_offloading_hw: null });
			expect(await router.flowtable()).toBe('');
		} finally {
			await target.stop();
		}
	});
