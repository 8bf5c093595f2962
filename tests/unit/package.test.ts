// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { messagesOf, template, TEMPLATE } from '../../web/build/pot.ts';
import { OBJECT } from '../../web/src/contract.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PACKAGE = join(ROOT, 'luci-app-nft-offload');
const json = (path: string): unknown => JSON.parse(readFileSync(join(PACKAGE, 'root/usr/share', path), 'utf8'));

describe('the translation template', () => {
	it('is current (if not: npm run pot)', () => {
		expect(readFileSync(TEMPLATE, 'utf8')).toBe(template());
	});

	it('finds both kinds of call, with their context, and refuses what no translator could see', () => {
		expect(messagesOf('a.ts', `x(_('a “b” %s').format(_("c", 'f')), N_(n, 'd', 'e'))`)).toEqual([
			{ singular: 'a “b” %s' }, { singular: 'c', context: 'f' }, { singular: 'd', plural: 'e' },
		]);
		expect(() => messagesOf('a.ts', '_(text)')).toThrow('a.ts:1');
		expect(() => messagesOf('a.tsx', '\n<p>{_(`${a} b`)}</p>')).toThrow('a.tsx:2');
	});

	it('has only the placeholders that LuCI formats without markup, and no percent sign that it would eat', () => {
		for (const [, text = ''] of template().matchAll(/^msgid(?:_plural)? (".*")$/gm))
			expect((JSON.parse(text) as string).replace(/%[sd%]/g, '')).not.toContain('%');
	});
});

describe('rights', () => {
	it('are the facts to read, the methods that act to write, and nothing else', () => {
		expect(json('rpcd/acl.d/luci-app-nft-offload.json')).toEqual({
			'luci-app-nft-offload': {
				description: expect.any(String) as unknown,
				read: { ubus: { [OBJECT]: ['status', 'coverage', 'conflicts', 'flows', 'groups'] } },
				write: { ubus: { [OBJECT]: ['apply', 'confirm', 'revert', 'measure'] } },
			},
		});
	});

	it('the menu entry asks for them', () => {
		const order = expect.any(Number) as unknown;
		expect(json('luci/menu.d/luci-app-nft-offload.json')).toEqual({
			/* the tabs are below it, so that its right is theirs */
			'admin/network/nft-offload': { title: 'Flow Offloading', order, action: { type: 'firstchild' }, depends: { acl: ['luci-app-nft-offload'] } },
			'admin/network/nft-offload/status': { title: 'Status', order, action: { type: 'view', path: 'nft-offload/status' } },
			'admin/network/nft-offload/connections': { title: 'Connections', order, action: { type: 'view', path: 'nft-offload/connections' } },
		});
	});
});

const BACKEND = join(ROOT, 'rpcd');
const backend = readdirSync(BACKEND, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(BACKEND, name)).isFile());

describe('the Makefile', () => {
	const makefile = readFileSync(join(PACKAGE, 'Makefile'), 'utf8');

	it('ends as the build system wants it, and builds outside of LuCI\'s own feed', () => {
		expect(makefile.trimEnd().split('\n').at(-1)).toBe('# call BuildPackage - OpenWrt buildroot signature');
		expect(makefile).toContain('include $(TOPDIR)/feeds/luci/luci.mk');
	});

	it('keeps LuCI\'s minifiers away', () => {
		expect(makefile).toMatch(/^LUCI_MINIFY_JS:=0$/m);
		expect(makefile).toMatch(/^LUCI_MINIFY_CSS:=0$/m);
	});

	it('depends on every ucode module that the backend imports', () => {
		const imported = new Set<string>();
		for (const file of backend)
			for (const [, name = ''] of readFileSync(join(BACKEND, file), 'utf8').matchAll(/^import .* from '([a-z0-9]+)';$/gm))
				imported.add(name);
		const depends = /^LUCI_DEPENDS:=(.*)$/m.exec(makefile)![1]!.split(' ');
		expect(imported.size).toBeGreaterThan(0);
		for (const name of imported)
			expect(depends).toContain(`+ucode-mod-${name}`);
	});
});
