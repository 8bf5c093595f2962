// SPDX-License-Identifier: Apache-2.0
import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import type { Mode } from '../../web/src/contract.ts';
import type { Login, Target } from '../../testbed/target.ts';

const MODE_NAMES: Record<Mode, string> = { off: 'Off', software: 'Software', hardware: 'Hardware' };

/** The page in a browser, by what a person sees on it. */
export class Luci {
	readonly page: Page;
	readonly target: Target;

	constructor(page: Page, target: Target) {
		this.page = page;
		this.target = target;
	}

	/** Logs in and opens Flow Offloading. */
	async open(login: Login = this.target.admin): Promise<void> {
		await this.page.goto(this.target.url + this.target.page);
		await this.page.locator('[name=luci_username]').fill(login.username);
		await this.page.locator('[name=luci_password]').fill(login.password);
		await this.page.locator('[name=luci_password]').press('Enter');
		await expect(this.heading).toBeVisible();
		await expect(this.tile('asked')).toBeVisible();
	}

	get heading(): Locator {
		return this.page.getByRole('heading', { name: 'Flow Offloading' });
	}

	tile(which: 'asked' | 'loaded' | 'working'): Locator {
		return this.page.locator(`[data-tile=${which}]`);
	}

	card(mode: Mode): Locator {
		return this.page.locator(`[data-mode=${mode}]`);
	}

	async choose(mode: Mode): Promise<void> {
		// some themes lay the label over the button
		await this.card(mode).locator('label').click();
		await expect(this.card(mode).getByRole('radio', { name: MODE_NAMES[mode] })).toBeChecked();
	}

	get tryIt(): Locator {
		return this.page.getByRole('button', { name: /^(Try it|Load again)$/ });
	}

	/** Chooses how long a trial lasts, by the words on the page. */
	async trialOf(length: string): Promise<void> {
		await this.page.getByLabel('Trial of').selectOption({ label: length });
	}

	/** Presses the button that starts the trial of a mode. */
	async try(mode: Mode): Promise<void> {
		await this.choose(mode);
		await this.tryIt.click();
	}

	get keep(): Locator {
		return this.page.getByRole('button', { name: 'Keep' });
	}

	get goBack(): Locator {
		return this.page.getByRole('button', { name: 'Go back' });
	}

	get trial(): Locator {
		return this.page.getByRole('region', { name: 'Trial' });
	}

	/** Goes to a tab of the page by LuCI's own menu. */
	async tab(name: 'Status' | 'Connections'): Promise<void> {
		await this.page.locator('#tabmenu').getByRole('link', { name }).click();
		await this.page.waitForURL(new RegExp(`/nft-offload/${name.toLowerCase()}`));
	}

	/** Goes to the tab of connections: their table, once it is there. */
	async connections(): Promise<Locator> {
		await this.tab('Connections');
		const table = this.page.getByRole('table', { name: 'Connections' });
		await expect(table).toBeVisible({ timeout: 120_000 });
		return table;
	}

	/** What a message on the page says, by its code. */
	message(code: string): Locator {
		return this.page.locator(`[data-code=${code}]`);
	}

	/** Opens the router's own words in a message. */
	async unfold(message: Locator): Promise<void> {
		await message.locator('summary').click();
	}
}
