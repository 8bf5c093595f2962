// SPDX-License-Identifier: Apache-2.0
/** netifd's replies against samples of the real one. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDevice, FIXTURES, makeRoot } from './root.ts';

type Table = Record<string, unknown>;

const root = makeRoot();
const { deviceStatus } = await import('../../testbed/standins/netifd/devices.mjs');
const { interfaceDump } = await import('../../testbed/standins/netifd/interfaces.mjs');
const sample = (name: string) => JSON.parse(readFileSync(join(FIXTURES, name), 'utf8')) as Table;

beforeAll(() => {
	addDevice(root, 'lo');
	addDevice(root, 'lan1');
	addDevice(root, 'br-lan', ['lan1']);
	addDevice(root, 'wan');
});

afterAll(() => root.remove());

const byName = (dump: { interface: Table[] }) => Object.fromEntries(dump.interface.map((entry) => [entry['interface'] as string, entry]));

describe('network.interface dump', () => {
	it('is the real one\'s, but for what a running netifd adds', () => {
		const real = byName(sample('network.interface-dump.json') as { interface: Table[] });
		const ours = byName(interfaceDump() as { interface: Table[] });

		expect(Object.keys(ours)).toEqual(Object.keys(real));

		for (const [name, entry] of Object.entries(ours)) {
			const wanted = { ...real[name]!, uptime: 12 };

			/* the sample's LAN had its prefix assigned, the fixture's has an address */
			if (name === 'lan')
				Object.assign(wanted, { 'ipv6-prefix-assignment': [], 'ipv6-address': [{ address: 'fd00:abcd:1234::1', mask: 60 }] });

			expect(entry).toEqual(wanted);
		}
	});

	it('has no l3_device, no addresses for what is down', () => {
		rmSync(join(root.path, 'sys/class/net/wan'), { recursive: true });

		const { wan } = byName(interfaceDump() as { interface: Table[] });

		expect(wan).toEqual({ interface: 'wan', up: false, pending: false, available: false, autostart: true, dynamic: false, proto: 'static', device: 'wan', data: {} });
		addDevice(root, 'wan');
	});

	it('tells PPPoE\'s own device from the one below it', () => {
		addDevice(root, 'pppoe-dsl');
		root.write('etc/config/network', `${readFileSync(join(FIXTURES, 'network'), 'utf8')}\nconfig interface 'dsl'\n\toption proto 'pppoe'\n\toption device 'wan'\n\nconfig interface 'wg0'\n\toption proto 'wireguard'\n`);

		const { dsl, wg0 } = byName(interfaceDump() as { interface: Table[] });

		expect(dsl).toMatchObject({ up: true, l3_device: 'pppoe-dsl', device: 'wan', proto: 'pppoe' });
		expect(wg0).toMatchObject({ up: false, proto: 'wireguard' });
		expect(wg0).not.toHaveProperty('device');
	});
});

describe('network.device status', () => {
	it('has the real one\'s members and types', () => {
		const real = sample('network.device-status.json');
		const ours = deviceStatus({}) as Record<string, Table>;

		expect(Object.keys(ours)).toEqual(['br-lan', 'lan1', 'lo', 'wan']);

		for (const name of ['br-lan', 'lan1', 'wan'])
			for (const [key, value] of Object.entries(ours[name]!)) {
				const wanted = (real[name] as Table)[key];

				expect(typeof value, `${name} ${key}`).toBe(typeof wanted);

				if (['type', 'devtype', 'up', 'carrier', 'present', 'mtu', 'hw-tc-offload'].includes(key))
					expect(value, `${name} ${key}`).toBe(wanted);
			}

		expect(ours['br-lan']!['bridge-members']).toEqual(['lan1']);
	});

	it('knows no other', () => expect(deviceStatus({ name: 'nope' })).toBeNull());
});
