// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { loadOrder, moduleName, parseIndex } from '../../testbed/vm/modules.js';

const index = parseIndex(
	[
		'kernel/lib/libcrc32c.ko:',
		'kernel/net/netfilter/nf_conntrack.ko: kernel/net/ipv4/netfilter/nf_defrag_ipv4.ko kernel/lib/libcrc32c.ko',
		'kernel/net/ipv4/netfilter/nf_defrag_ipv4.ko:',
		'kernel/net/netfilter/nf_flow_table.ko.xz: kernel/net/netfilter/nf_conntrack.ko kernel/net/ipv4/netfilter/nf_defrag_ipv4.ko kernel/lib/libcrc32c.ko',
		'kernel/drivers/net/virtio-net.ko: kernel/net/core/failover.ko',
		'kernel/net/core/failover.ko:',
		'',
	].join('\n'),
	'kernel/crypto/crc32c_generic.ko\n');

describe('module names', () => {
	it.each([
		['kernel/net/netfilter/nf_tables.ko', 'nf_tables'],
		['kernel/net/netfilter/nf-tables.ko.xz', 'nf_tables'],
		['a/x.ko.zst', 'x'],
	])('%s is %s', (path, name) => {
		expect(moduleName(path)).toBe(name);
	});
});

describe('load order', () => {
	it('puts each module after everything it needs, once', () => {
		expect(loadOrder(['nf_flow_table', 'nf_conntrack', 'virtio_net'], index))
			.toEqual(['libcrc32c', 'nf_defrag_ipv4', 'nf_conntrack', 'nf_flow_table', 'failover', 'virtio_net']);
	});

	it('keeps the order that was asked for where nothing forbids it', () => {
		expect(loadOrder(['virtio-net', 'libcrc32c'], index)).toEqual(['failover', 'virtio_net', 'libcrc32c']);
	});

	it('skips what is built in, and what is optional and absent', () => {
		expect(loadOrder(['crc32c_generic', 'nft_reject_ipv4?', 'libcrc32c'], index)).toEqual(['libcrc32c']);
	});

	it('names a module that the kernel lacks', () => {
		expect(() => loadOrder(['nft_nothing'], index)).toThrow('no module nft_nothing');
	});
});
