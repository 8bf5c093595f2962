// SPDX-License-Identifier: Apache-2.0
/**
 * Serves the LuCI shell on 127.0.0.1 without a VM, to look at the page:
 *
 *   npx tsx testbed/standins/dev.ts [--port N] [--scene NAME] [--theme like-argon]
 *
 * A scene is a series of statuses of tests/unit/fixtures/scenes.ts, polled in
 * turn; without a right name the names are listed. Nothing runs behind the
 * buttons. Logins: root and viewer, see testbed/etc/config/rpcd. The language
 * is the first of the browser's that has a catalogue. Themes: the directories
 * root/www/luci-static/like-*, see uhttpd/themes.mjs.
 */
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { FlowsArguments, Refusal, Status } from '../../web/src/contract.ts';
import { OBJECT } from '../../web/src/contract.ts';
import { CONFLICTS, COVERAGE, flowsFacts, GROUPS } from '../../tests/unit/fixtures/surveys.ts';
import { SCENES } from '../../tests/unit/fixtures/scenes.ts';
import { translationsIn } from '../../tools/package/translations.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const project = join(here, '../..');
const { values: { port, scene, theme } } = parseArgs({
	options: { port: { type: 'string', default: '8080' }, scene: { type: 'string', default: Object.keys(SCENES)[0]! }, theme: { type: 'string', default: 'like-bootstrap' } },
});
const statuses: Status[] | undefined = (SCENES as Record<string, Status[]>)[scene];

if (!statuses?.length) {
	console.error(`scenes: ${Object.keys(SCENES).join(' ')}`);
	process.exit(1);
}

const root = await mkdtemp(join(tmpdir(), 'nft-offload-dev-'));
process.env['TESTBED_ROOT'] = root;

await cp(join(here, 'root'), root, { recursive: true });
await cp(join(project, 'testbed/etc'), join(root, 'etc'), { recursive: true });
await cp(join(project, 'luci-app-nft-offload/root'), root, { recursive: true });
await mkdir(join(root, 'var/run'), { recursive: true });

/* the languages, as their packages install them */
const languages = await translationsIn(join(project, 'luci-app-nft-offload/po'), 'nft-offload');
await writeFile(join(root, 'etc/config/luci'), [
	'config core main', '\toption lang auto', `\toption mediaurlbase /luci-static/${theme}`, 'config internal languages',
	...languages.map(({ code, name }) => `\toption ${code.replaceAll('-', '_')} '${name}'`), '',
].join('\n'));
for (const { path, data } of languages.flatMap(({ members }) => members)) {
	await mkdir(join(root, dirname(path)), { recursive: true });
	await writeFile(join(root, path), data);
}

/* the modules read TESTBED_ROOT when they load */
const { Bus } = await import('./lib/bus.mjs');
const { SOCKETS } = await import('./lib/paths.mjs');
const { startUbusd } = await import('./lib/ubusd.mjs');
const { Sessions } = await import('./rpcd/session.mjs');
const { startUhttpd } = await import('./uhttpd/server.mjs');

await startUbusd(SOCKETS.ubus);

const bus = await Bus.open(SOCKETS.ubus);
let turn = 0;

const refusal: Refusal = { error: { code: 'START_FAILED', message: 'Nothing runs behind this preview.', detail: {} } };
const status = { args: { watch: 'Boolean' }, call: () => ({ status: 0, data: statuses[turn++ % statuses.length] }) };
const write = (args: Record<string, string>) => ({ args, call: () => ({ status: 0, data: refusal }) });

const survey = (facts: (query: FlowsArguments) => object, args: Record<string, string> = {}) =>
	({ args, call: (given: FlowsArguments) => ({ status: 0, data: { running: false, facts: facts(given) } }) });

await bus.add('session', new Sessions().methods());
await bus.add('system', { board: { args: {}, call: () => ({ status: 0, data: { hostname: 'OpenWrt' } }) } });
await bus.add(OBJECT, {
	status,
	apply: write({ mode: 'String', confirm_timeout: 'Integer' }),
	confirm: write({ id: 'String' }),
	revert: write({ id: 'String' }),
	measure: write({ seconds: 'Integer' }),
	coverage: survey(() => COVERAGE),
	conflicts: survey(() => CONFLICTS),
	groups: survey(() => GROUPS),
	flows: survey(flowsFacts, { search: 'String', path: 'String', protocol: 'String', family: 'String', zone: 'String', sort: 'String' }),
});

const server = await startUhttpd({
	socket: SOCKETS.ubus,
	roots: [join(project, 'luci-app-nft-offload/htdocs'), join(project, 'luci-lib-uplot/htdocs'), join(here, 'root/www')],
	port: Number(port),
	host: '127.0.0.1',
});
const address = server.address();

console.log(`http://127.0.0.1:${typeof address === 'object' ? address?.port : port}/cgi-bin/luci/admin/network/nft-offload`);

process.once('SIGINT', () => {
	void rm(root, { recursive: true, force: true }).finally(() => process.exit(0));
});
