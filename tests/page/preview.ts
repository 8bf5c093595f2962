// SPDX-License-Identifier: Apache-2.0
/** The page in a browser, in any language, showing any scene. */

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { readFileSync } from 'node:fs';
import type { Browser, Page } from '@playwright/test';
import { test as base } from '@playwright/test';
import type { Status } from '../../web/src/contract.ts';
import { REPOSITORY } from '../../host/repository.ts';
import type { Scene } from '../unit/fixtures/scenes.ts';
import { SCENES } from '../unit/fixtures/scenes.ts';
import { coverageUnder } from '../unit/fixtures/surveys.ts';
import { messagesOf } from '../../tools/package/lmo.ts';
import { answer, askedIn, methodOf } from './answering.ts';

/** By directory in po/: what a browser calls the language. */
export const LOCALES = { zh_Hans: 'zh-CN', de: 'de', ar: 'ar' } as const;

export type Language = keyof typeof LOCALES;

/** English texts, singular and plural, with what a language has for them. */
export function catalogue(language: Language): { english: string[]; translated: string[] }[] {
	const path = `${REPOSITORY}/luci-app-nft-offload/po/${language}/nft-offload.po`;
	return messagesOf(readFileSync(path, 'utf8')).filter(({ msgid }) => msgid)
		.map(({ msgid = '', msgid_plural, msgstr }) => ({ english: msgid_plural ? [msgid, msgid_plural] : [msgid], translated: msgstr }));
}

/** Ends when this process does, or by stop(). */
export interface Preview {
	url: string;
	stop: () => void;
}

/** Serves the page on 127.0.0.1. */
export async function startPreview(): Promise<Preview> {
	const child = spawn(process.execPath, ['--import', 'tsx', 'testbed/standins/dev.ts', '--port', '0'], { cwd: REPOSITORY, stdio: ['ignore', 'pipe', 'inherit'] });
	for await (const url of createInterface(child.stdout))
		return { url, stop: () => { child.kill('SIGINT'); } };
	throw new Error('testbed/standins/dev.ts has ended');
}

/** Tests that share one preview. */
export const test = base.extend<object, { preview: Preview }>({
	preview: [
		async ({}, use) => {
			const preview = await startPreview();
			await use(preview);
			preview.stop();
		},
		{ scope: 'worker' },
	],
});

/** Logs in, once for all scenes. */
export async function openPreview(browser: Browser, { url }: Preview, language?: Language): Promise<Page> {
	const context = await browser.newContext({ locale: language ? LOCALES[language] : 'en', viewport: { width: 1280, height: 900 } });
	const page = await context.newPage();
	/* the page's pauses between two questions: a series takes a router ten seconds to tell */
	await page.addInitScript(() => {
		const every = window.setInterval.bind(window) as (handler: () => void, delay?: number) => number;
		/* the tick of LuCI's poll */
		window.setInterval = ((handler: () => void, delay = 0) => every(handler, delay === 1000 ? 20 : delay)) as typeof window.setInterval;
	});
	await page.goto(url);
	await page.locator('[name=luci_password]').fill('testbed');
	await page.locator('[name=luci_password]').press('Enter');
	await page.locator('.nfo-tiles').waitFor();
	return page;
}

export type Tab = 'status' | 'connections';

/** What is on a tab as soon as the router has answered. */
const ANSWERED: Record<Tab, string> = { status: '.nfo-tiles', connections: '[data-room=flows]' };

/**
 * Shows a scene, or other statuses, to the end; then the router is silent, or, if
 * it `lives`, answers as it did last, until more statuses are added to the list.
 */
export async function showScene(page: Page, scene: Scene | Status[], { lives = false, tab = 'status' }: { lives?: boolean; tab?: Tab } = {}): Promise<void> {
	const statuses: Status[] = typeof scene === 'string' ? SCENES[scene] : scene;
	let next = 0, told = (): void => {};
	const all = new Promise<void>((resolve) => { told = resolve; });
	const nextStatus = (): Status => {
		const status = statuses[Math.min(next, statuses.length - 1)]!;
		next = Math.min(next + 1, statuses.length + 1);
		return status;
	};
	// the scene before must not ask for this one's statuses while it is left
	const url = `${page.url().replace(/(\/(status|connections))?(\?.*)?$/, '')}/${tab}`;
	await page.goto('about:blank');
	await page.unrouteAll({ behavior: 'ignoreErrors' });
	await page.route('**/ubus/**', async (route) => {
		/* the router is silent now, to all that the scene has not */
		if (!lives && next >= statuses.length && askedIn(route).some((asked) => methodOf(asked) !== 'coverage'))
			return told();
		await answer(route, (asked) => {
			switch (methodOf(asked)) {
			case 'status': return nextStatus();
			case 'coverage': return { running: false, facts: coverageUnder(statuses[Math.min(Math.max(0, next - 1), statuses.length - 1)]!) };
			default: return null;
			}
		});
		if (next > statuses.length)
			told();
	});
	await page.goto(url);
	await page.locator(ANSWERED[tab]).waitFor();
	await all;
}
