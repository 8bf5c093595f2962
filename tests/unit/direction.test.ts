// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import type { Network } from '../../web/src/contract.ts';
import { directionOf } from '../../web/src/doctor/direction.ts';
import { NETWORKS } from './fixtures/status.ts';

const network = (name: string, rest: Partial<Network>): Network =>
	({ name, zone: name, masq: false, up: true, proto: 'static', device: name, l3_device: name, default_route: false, ...rest });

describe('which way a pair of devices points', () => {
	it('is in from where the default route is', () => {
		expect(directionOf(NETWORKS, 'pppoe-wan', 'br-lan')).toEqual({ iif: 'pppoe-wan', oif: 'br-lan', from: 'wan', to: 'lan', way: 'in' });
	});

	it('is out towards it', () => {
		expect(directionOf(NETWORKS, 'br-lan', 'pppoe-wan')).toMatchObject({ from: 'lan', to: 'wan', way: 'out' });
	});

	it('finds a network by netifd\'s device where none is routed on it', () => {
		expect(directionOf(NETWORKS, 'eth1.7', 'br-lan')).toMatchObject({ from: 'wan', way: 'in' });
	});

	it('is neither between two inner networks, nor between two outer ones', () => {
		const networks = [...NETWORKS, network('guest', {}), network('vpn', { masq: true })];
		expect(directionOf(networks, 'guest', 'br-lan')).toMatchObject({ from: 'guest', to: 'lan', way: 'across' });
		expect(directionOf(networks, 'vpn', 'pppoe-wan')).toMatchObject({ from: 'vpn', to: 'wan', way: 'across' });
	});

	it('takes a zone that masquerades as outside without a default route', () => {
		const networks = [network('lan', {}), network('uplink', { masq: true })];
		expect(directionOf(networks, 'uplink', 'lan').way).toBe('in');
	});

	it('takes a default route as outside without masquerading, and any network of a shared device', () => {
		const networks = [network('lan', {}), network('wan6', { l3_device: 'wan' }), network('wan', { default_route: true })];
		expect(directionOf(networks, 'lan', 'wan').way).toBe('out');
	});

	it('falls back to the names of devices that no network has', () => {
		expect(directionOf(NETWORKS, 'docker0', 'br-lan')).toMatchObject({ from: 'docker0', to: 'lan', way: 'across' });
		expect(directionOf([], 'a', 'b')).toEqual({ iif: 'a', oif: 'b', from: 'a', to: 'b', way: 'across' });
	});
});
