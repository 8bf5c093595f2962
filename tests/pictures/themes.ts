// SPDX-License-Identifier: Apache-2.0
/**
 * Takes the pictures in docs/themes: both tabs in LuCI's themes, light and
 * dark, at the widths that tests/page/themes.spec.ts looks at, and says what
 * that test would say. The facts are those of a scene.
 *
 *	npx tsx tests/pictures/themes.ts [--directory docs/themes] [--format webp|png] [THEME…]
 *
 * The themes are the stand-ins of the testbed; with OPENWRT_ROOTFS=<directory
 * or tar> (testbed/README.md) those that this root filesystem has, in its LuCI.
 */

import { chromium } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import config from '../../playwright.config.ts';
import { answer, askedIn, methodOf } from '../page/answering.ts';
import { clipped } from '../page/clipped.ts';
import type { Tab } from '../page/preview.ts';
import { startPreview } from '../page/preview.ts';
import { unseen } from '../page/sight.ts';
import type { Theme } from '../page/themes.ts';
import { THEMES, wear, WIDTHS } from '../page/themes.ts';
import { SCENES } from '../unit/fixtures/scenes.ts';
import { CONFLICTS, coverageUnder, flowsFacts, GROUPS } from '../unit/fixtures/surveys.ts';
import { startTarget } from '../../testbed/targets/index.ts';
import { REPOSITORY } from '../../host/repository.ts';
import type { FlowsArguments, Status } from '../../web/src/contract.ts';

/** On a tab when all of it is there. */
const READY: Record<Tab, string> = { status: '[data-room=coverage] tbody tr', connections: '[data-room=groups] tbody tr' };
/** These have no dark look. */
const LIGHT_ONLY: readonly Theme[] = ['material', 'openwrt-2020'];
/** Directories in /www/luci-static that are called otherwise than the theme. */
const DIRECTORIES: Partial<Record<Theme, string>> = { 'openwrt-2020': 'openwrt2020' };
/** The whole page, up to this many CSS pixels. */
const TALLEST = 2600;
/** Small files: nobody reads the words, everybody sees what is torn. */
const QUALITY = 30;
const SCALE = { 360: 0.8, 900: 0.6, 1280: 0.6 } as const;

const { values: { directory, format }, positionals } = parseArgs({
	allowPositionals: true,
	options: { directory: { type: 'string', default: join(REPOSITORY, 'docs/themes') }, format: { type: 'string', default: 'webp' } },
});

/** Where the pages are. */
interface Luci {
	/** The application's first page. */
	url: string;
	/** For the pages that are opened from then on; dark is asked for as an operating system does. */
	dress: (page: Page, theme: Theme, dark: boolean) => Promise<void>;
	stop: () => Promise<void> | void;
}

async function startLuci(): Promise<Luci> {
	if (!process.env['OPENWRT_ROOTFS']) {
		const preview = await startPreview();
		return { ...preview, dress: (page, theme, dark) => wear(page, { theme, dark, system: dark ? 'dark' : 'light' }) };
	}
	const router = await startTarget();
	return {
		url: `${router.url}/cgi-bin/luci/admin/network/nft-offload`,
		dress: async (page, theme, dark) => {
			const { code, stderr } = await router.sh(`test -d /www/luci-static/${DIRECTORIES[theme] ?? theme} && uci set luci.main.mediaurlbase=/luci-static/${DIRECTORIES[theme] ?? theme} && uci commit luci`);
			if (code !== 0)
				throw new Error(`${theme}: ${stderr || 'not there'}`);
			await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
		},
		stop: () => router.stop(),
	};
}

/** Answers what our pages ask from the scene of a trial; everything else is LuCI's and goes through. */
async function showTrial(page: Page): Promise<void> {
	const statuses: Status[] = SCENES.trial;
	let next = 0;
	const facts: Record<string, (query: FlowsArguments) => object> = {
		status: () => statuses[Math.min(next++, statuses.length - 1)]!,
		coverage: () => ({ running: false, facts: coverageUnder(statuses.at(-1)!) }),
		conflicts: () => ({ running: false, facts: CONFLICTS }),
		groups: () => ({ running: false, facts: GROUPS }),
		flows: (query) => ({ running: false, facts: flowsFacts(query) }),
	};
	await page.route('**/ubus/**', async (route) => {
		/* the last numbers stay: the same ones once more would be a stand-still */
		if (next >= statuses.length && askedIn(route).every((asked) => methodOf(asked) === 'status'))
			return;
		await answer(route, (asked) => facts[methodOf(asked) ?? '']?.(asked.params![3]) ?? null);
	});
}

/** A tab with all of its numbers, every room open. */
async function openTab(browser: Browser, luci: Luci, theme: Theme, dark: boolean, tab: Tab): Promise<Page> {
	const page = await (await browser.newContext({ locale: 'en', viewport: { width: 1280, height: TALLEST } })).newPage();
	/* tsx calls it in every function that it has compiled, and those of sight.ts run in the page */
	await page.addInitScript('globalThis.__name = (one) => one;');
	await page.goto(luci.url);
	await luci.dress(page, theme, dark);
	await showTrial(page);
	await page.goto(`${luci.url}/${tab}`);
	const password = page.locator('[name=luci_password]');
	await password.fill('testbed');
	await password.press('Enter');
	await page.locator('.nfo-tiles, [data-room=flows] tbody tr').first().waitFor();
	if (tab === 'connections')
		await page.locator('[data-room=groups] > summary').click();
	await page.locator(READY[tab]).first().waitFor();
	if (tab === 'status')
		await page.locator('.nfo-tile').getByText('bypass the firewall').waitFor();
	return page;
}

/** A picture of the page as it is, as wide as the window. */
async function picture(page: Page, width: typeof WIDTHS[number], path: string): Promise<void> {
	/* where a theme scrolls another box than the page, that one's height counts */
	const height = await page.evaluate(() => {
		let tallest = 0;
		for (let box = document.querySelector('.nfo')?.parentElement; box; box = box.parentElement)
			tallest = Math.max(tallest, box.scrollHeight + (/auto|scroll/.test(getComputedStyle(box).overflowY) ? window.innerHeight - box.clientHeight : 0));
		return tallest;
	});
	await page.setViewportSize({ width, height: Math.min(height, TALLEST) });
	await page.waitForTimeout(1000);
	const devtools = await page.context().newCDPSession(page);
	const { data } = await devtools.send('Page.captureScreenshot', {
		format: format === 'png' ? 'png' : 'webp', quality: QUALITY,
		clip: { x: 0, y: 0, width, height: Math.min(height, TALLEST), scale: format === 'png' ? 1 : SCALE[width] },
	});
	await devtools.detach();
	await writeFile(path, Buffer.from(data, 'base64'));
}

const luci = await startLuci();
const browser = await chromium.launch(config.use?.launchOptions);
try {
	await mkdir(directory, { recursive: true });
	for (const theme of THEMES.filter((one) => !positionals.length || positionals.includes(one)))
		for (const dark of LIGHT_ONLY.includes(theme) ? [false] : [false, true])
			for (const tab of ['status', 'connections'] as const) {
				const page = await openTab(browser, luci, theme, dark, tab);
				for (const width of WIDTHS) {
					const name = `${theme}-${dark ? 'dark' : 'light'}-${width}-${tab}`;
					await page.setViewportSize({ width, height: 900 });
					await page.waitForTimeout(500);
					const trouble = [...await unseen(page), ...await clipped(page)];
					await picture(page, width, join(directory, `${name}.${format}`));
					console.log([name, ...new Set(trouble)].join('\n\t'));
				}
				await page.context().close();
			}
} finally {
	await browser.close();
	await luci.stop();
}
