// SPDX-License-Identifier: Apache-2.0
/**
 * A package whose listings in fixtures/ come from OpenWrt's own tools for the
 * same input: ipkg-build (24.10) and tar, `apk mkpkg` and `apk adbdump` (3.0.2).
 */

import type { Package } from '../../tools/package/control';

/** The time of its sources, seconds since 1970. */
export const EPOCH = 1700000000;

export const demo: Package = {
	name: 'luci-app-demo',
	version: '1.2.3-r4',
	description: 'Shows every kind of field',
	depends: ['libc', 'ucode', 'firewall4', 'luci-base'],
	license: 'Apache-2.0',
	source: 'luci-app-demo',
	section: 'luci',
	maintainer: 'Some Body <some@body.example>',
	url: 'https://demo.example/',
	scripts: {
		postinst: '#!/bin/sh\n[ -n "${IPKG_INSTROOT}" ] || {\n\techo installed\n}',
		prerm: '#!/bin/sh\necho going\nexit 0',
		postrm: '#!/bin/sh\necho gone',
	},
	members: [
		{ path: '/usr/libexec/demo/run', mode: 0o755, data: Buffer.from('#!/bin/sh\necho run\n') },
		{ path: '/usr/share/demo/empty', mode: 0o644, data: Buffer.alloc(0) },
		{ path: '/usr/share/demo/second.uc', mode: 0o644, data: Buffer.from('return 2;\n') },
		{ path: '/usr/share/demo-more/first.uc', mode: 0o644, data: Buffer.from('return 1;\n') },
		{ path: '/www/demo.js', mode: 0o644, data: Buffer.from('// demo\n'.repeat(50)) },
	],
};

/** Two packages more for an index: what the demo is needed by, and what it needs. */
export const others: Package[] = ['luci-i18n-demo-de', 'firewall4'].map((name) => ({
	...demo, name, depends: ['libc'], url: '', maintainer: '', scripts: { postinst: '', prerm: '', postrm: '' },
	members: [{ path: `/usr/share/${name}`, mode: 0o644, data: Buffer.from(name) }],
}));
