// SPDX-License-Identifier: Apache-2.0
/** The stand-in for fw4: its rendering against a sample of the real one, and its traps. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { addDevice, FIXTURES, makeRoot } from './root.ts';

const root = makeRoot();
const { fw4 } = await import('../../testbed/standins/fw4/main.mjs');
const { startTools } = await import('../../testbed/standins/cli/server.mjs');
const { SOCKETS } = await import('../../testbed/standins/lib/paths.mjs');
const tools: Server = await startTools(SOCKETS.tools, { fw4: ({ environment }) => fw4(environment) });

const CONFIG = readFileSync(join(FIXTURES, 'firewall'), 'utf8');
const STATE = join(root.path, 'var/run/fw4.state');
const file = (name: string) => join(root.path, name);

addDevice(root, 'lo');
addDevice(root, 'lan1');
addDevice(root, 'lan2');
addDevice(root, 'br-lan', ['lan1', 'lan2']);
addDevice(root, 'wan');

afterAll(() => {
	tools.close();
	root.remove();
});

beforeEach(() => {
	for (const name of ['nft.log', 'nft.input', 'nft.output', 'nft.code', 'var/run/fw4.state', 'tmp/.uci/firewall', 'etc/nftables.d'])
		rmSync(file(name), { recursive: true, force: true });

	configure(CONFIG);
});

function configure(text: string) {
	root.write('etc/config/firewall', text);
}

/** The configuration with more options in its `defaults`. */
function defaults(options: Record<string, string>) {
	const lines = Object.entries(options).map(([name, value]) => `\toption ${name} '${value}'\n`).join('');

	return CONFIG.replace('\toption flow_offloading \'1\'\n', lines);
}

function devices(ruleset: string) {
	const [, list = null] = /devices = \{ (.*) \};/.exec(ruleset) ?? [];

	return list?.replaceAll('"', '').split(', ') ?? null;
}

describe('the ruleset', () => {
	it('is the one of the real fw4, which had a helper for FTP besides', () => {
		const sample = readFileSync(join(FIXTURES, 'fw4-print-software.nft'), 'utf8')
			.replace(/\t#\n\t# CT helper definitions\n\t#\n\n\tct helper ftp \{[^}]*\}\n\n\n/, '')
			.replace(/.*ct helper set "ftp".*\n/, '');

		expect(fw4({ ACTION: 'print' })).toEqual({ code: 0, stderr: '', stdout: sample.trimEnd() + '\n' });
	});

	it.each([
		['1', true], ['true', true], ['yes', true], ['on', true], ['0', false], ['off', false], ['no', false], ['false', false],
	])('has a flowtable for flow_offloading %s: %s', (value, wanted) => {
		configure(defaults({ flow_offloading: value }));

		const { code, stdout } = fw4({ ACTION: 'print' });

		expect(code).toBe(0);
		expect(devices(stdout)).toEqual(wanted ? ['br-lan', 'wan'] : null);
		expect(stdout.includes('flow offload @ft')).toBe(wanted);
	});

	it('honours uncommitted changes', () => {
		root.write('tmp/.uci/firewall', 'firewall.@defaults[0].flow_offloading=\'0\'\n-firewall.cfg01e63d.flow_offloading\n');
		expect(devices(fw4({ ACTION: 'print' }).stdout)).toBeNull();
	});

	it('takes the ports below a bridge for hardware', () => {
		configure(defaults({ flow_offloading: '1', flow_offloading_hw: '1' }));

		const { stdout, stderr } = fw4({ ACTION: 'print' });

		expect(devices(stdout)).toEqual(['lan1', 'lan2', 'wan']);
		expect(stdout).toContain('\t\tcounter;\n\t\tflags offload;\n');
		expect(stderr).toBe('');
		expect(readFileSync(file('nft.log'), 'utf8')).toMatch(/^-c .*devices = \{ "lan1", "lan2", "wan" \}; flags offload;/m);
	});

	it('falls back to software when one question over all devices is answered no', () => {
		configure(defaults({ flow_offloading: '1', flow_offloading_hw: '1' }));
		writeFileSync(file('nft.code'), '1');

		const loud = fw4({ ACTION: 'print' });

		expect(devices(loud.stdout)).toEqual(['br-lan', 'wan']);
		expect(loud.stdout).not.toContain('flags offload');
		expect(loud).toMatchObject({ code: 0, stderr: '[!] Hardware flow offloading unavailable, falling back to software offloading\n' });
		expect(fw4({ ACTION: 'print', QUIET: '1' }).stderr).toBe('');
	});

	it('does nothing for flow_offloading_hw alone', () => {
		configure(defaults({ flow_offloading_hw: '1' }));
		expect(fw4({ ACTION: 'print' }).stdout).not.toContain('flowtable ft');
	});

	it('replaces a flowtable that is loaded', () => {
		writeFileSync(file('nft.output'), '{"nftables": [{"metainfo": {}}, {"flowtable": {"family": "inet", "name": "ft", "table": "fw4"}}]}');
		expect(fw4({ ACTION: 'print' }).stdout).toMatch(/^table inet fw4\nflush table inet fw4\ndelete flowtable inet fw4 ft\n/);
	});

	it('leaves a zone\'s raw device out of the flowtable', () => {
		configure(`${CONFIG}\nconfig zone\n\toption name 'mgmt'\n\tlist device 'lan1'\n`);

		const { stdout } = fw4({ ACTION: 'print' });

		expect(devices(stdout)).toEqual(['br-lan', 'wan']);
		expect(stdout).toContain('iifname "lan1" jump input_mgmt');
	});

	it('forwards ports', () => {
		configure(`${CONFIG}\nconfig redirect\n\toption name 'web'\n\toption src 'wan'\n\toption src_dport '8080'\n\toption dest 'lan'\n\toption dest_ip '192.168.1.2'\n\toption dest_port '80'\n\toption proto 'tcp'\n`);

		const { stdout } = fw4({ ACTION: 'print' });

		expect(stdout).toContain('\t\tmeta nfproto ipv4 tcp dport 8080 counter dnat 192.168.1.2:80 comment "!fw4: web"\n');
		expect(stdout).toContain('ct status dnat accept comment "!fw4: Accept port forwards"');
	});

	it('refuses what it cannot do instead of leaving it out', () => {
		configure(CONFIG.replace('option masq \'1\'', 'option masq \'1\'\n\toption masq_src \'10.0.0.0/8\''));
		expect(fw4({ ACTION: 'print' })).toMatchObject({ code: 254, stdout: '', stderr: expect.stringContaining('masq_src') as string });
	});
});

describe('an invalid value', () => {
	it('in defaults makes rendering throw', () => {
		configure(CONFIG.replace('option input \'REJECT\'', 'option input \'BOGUS\''));

		const { code, stdout, stderr } = fw4({ ACTION: 'print' });

		expect({ code, stdout }).toEqual({ code: 254, stdout: '' });
		expect(stderr).toMatch(/^\[!\] Section @defaults\[0\] option 'input' specifies invalid value 'BOGUS'\nReference error: /);
	});

	it('in a zone skips the zone', () => {
		configure(CONFIG.replace('option masq \'1\'', 'option masq \'maybe\''));

		const { code, stdout, stderr } = fw4({ ACTION: 'print' });

		expect(code).toBe(0);
		expect(stdout).not.toContain('input_wan');
		expect(stderr).toContain('[!] Section @zone[1] (wan) option \'masq\' specifies invalid value \'maybe\'\n[!] Section @zone[1] (wan) skipped due to invalid options\n');
	});
});

describe('the command', () => {
	/** /sbin/fw4 in busybox's shell, beside this process's tools. */
	function command(...words: string[]) {
		return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
			const child = execFile('busybox', ['sh', file('sbin/fw4'), ...words], {
				env: { ...process.env, PATH: `${root.path}/bin:/usr/sbin:/usr/bin:/sbin:/bin` },
			}, (_, stdout, stderr) => resolve({ code: child.exitCode, stdout, stderr }));
		});
	}

	const input = () => existsSync(file('nft.input')) ? readFileSync(file('nft.input'), 'utf8') : '';
	const BAD = () => configure(CONFIG.replace('option input \'REJECT\'', 'option input \'BOGUS\''));

	it('starts once', async () => {
		expect(await command('start')).toEqual({ code: 0, stdout: '', stderr: '' });
		expect(devices(input())).toEqual(['br-lan', 'wan']);
		expect(Object.keys(JSON.parse(readFileSync(STATE, 'utf8')) as object)).toEqual(['zones', 'ipsets', 'networks', 'ubus_rules', 'includes']);
		expect(await command('start')).toEqual({ code: 1, stdout: '', stderr: 'The fw4 firewall appears to be already loaded.\n' });
		expect(await command('-q', 'start')).toEqual({ code: 1, stdout: '', stderr: '' });
	});

	it('reloads only what is loaded', async () => {
		expect(await command('reload')).toEqual({ code: 1, stdout: '', stderr: 'The fw4 firewall does not appear to be loaded.\n' });
		await command('start');
		expect(await command('reload')).toEqual({ code: 0, stdout: '', stderr: '' });
		expect(existsSync(STATE)).toBe(true);
	});

	it('says nothing when nft rejects what it reloads', async () => {
		await command('start');
		writeFileSync(file('nft.code'), '1');
		expect(await command('reload')).toMatchObject({ code: 0 });
		expect(existsSync(STATE)).toBe(true);
	});

	it('loses its state when rendering throws, and then needs a start', async () => {
		await command('start');
		BAD();
		expect(await command('reload')).toMatchObject({ code: 1, stderr: expect.stringMatching(/Reference error[^]*Unable to read firewall state - do you need to start the firewall\?\n$/) as string });
		expect(existsSync(STATE)).toBe(false);
		configure(CONFIG);
		expect(await command('reload')).toMatchObject({ code: 1 });
		expect(await command('start')).toMatchObject({ code: 0 });
	});

	it('checks honestly', async () => {
		expect(await command('check')).toEqual({ code: 0, stdout: 'Ruleset passes nftables check.\n', stderr: '' });
		expect(readFileSync(file('nft.log'), 'utf8')).toContain('-c -f /dev/stdin');
		writeFileSync(file('nft.code'), '1');
		expect((await command('check')).code).toBe(1);
		rmSync(file('nft.code'));
		BAD();
		expect((await command('check')).code).toBe(254);
		expect(await command('-q', 'check')).toEqual({ code: 254, stdout: '', stderr: '' });
	});

	it('restarts only with a ruleset that passes', async () => {
		await command('start');
		writeFileSync(file('nft.code'), '1');
		expect(await command('restart')).toEqual({ code: 1, stdout: '', stderr: 'The rendered ruleset contains errors, not doing firewall restart.\n' });
		rmSync(file('nft.code'));
		expect((await command('restart')).code).toBe(0);
		expect(readFileSync(file('nft.log'), 'utf8')).toContain('delete table inet fw4');
	});

	it('runs scripts after it loaded', async () => {
		root.write('etc/after.sh', `echo loaded >${root.path}/after; config x`);
		configure(`${CONFIG}\nconfig include\n\toption path '/etc/after.sh'\n`);
		expect(await command('start')).toEqual({ code: 0, stdout: '', stderr: 'You cannot use UCI in firewall includes!\nInclude \'/etc/after.sh\' failed with exit code 1\n' });
		expect(readFileSync(file('after'), 'utf8')).toBe('loaded\n');
	});

	it('looks up zones', async () => {
		expect((await command('network', 'wan6')).code).toBe(1);
		await command('start');
		expect(await command('network', 'wan6')).toEqual({ code: 0, stdout: 'wan\n', stderr: '' });
		expect(await command('device', 'br-lan')).toEqual({ code: 0, stdout: 'lan\n', stderr: '' });
		expect(await command('zone', 'wan')).toEqual({ code: 0, stdout: 'wan\nwan\n', stderr: '' });
		expect(await command('zone', 'wan', 'br-lan')).toEqual({ code: 1, stdout: '', stderr: '' });
	});

	it('waits for its lock', async () => {
		const holder = spawn('flock', ['-x', file('var/run/fw4.lock'), 'sh', '-c', 'echo held; exec sleep 1'], { stdio: ['ignore', 'pipe', 'ignore'] });
		let released = false;

		holder.once('exit', () => { released = true; });
		await once(holder.stdout, 'data');
		expect(await command('start')).toMatchObject({ code: 0 });
		expect(released).toBe(true);
	});
});
