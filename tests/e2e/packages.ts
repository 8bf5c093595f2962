// SPDX-License-Identifier: Apache-2.0
/** The product as packages on the router, the app and the library of its charts, by the router's own package manager. */

import { pack, packages } from '../../tools/package/build.ts';
import { sourceDate } from '../../tools/package/epoch.ts';
import { APP, LIBRARY } from '../../tools/package/recipe.ts';
import { expect } from './fixtures.ts';
import { quote, type Router } from './router.ts';

/** Two releases; the older one has a file that the newer one lacks. */
export const OLDER = '1.0.0-r1', NEWER = '1.0.1-r2';
export const OBSOLETE = '/usr/share/ucode/nft_offload/obsolete.uc';

const PLUGIN = '/usr/share/rpcd/ucode/nft-offload.uc';
const OBJECT = '\'luci.nft-offload\': {';

/** Where the files of the fixture's router are kept meanwhile. */
const KEPT = '/root/product.tar';

interface Manager {
	file: 'ipk' | 'apk';
	/** The command that installs a file, also in the place of another version. */
	install: string;
	/** The command that removes a package by its name. */
	remove: string;
	/** Prints what is installed, name and version somewhere in a line. */
	list: string;
	/** Leaves the app's installed scripts below $image, where an image builder has them, and runs them as it does. */
	runScripts: string;
}

const MANAGERS: Record<'opkg' | 'apk', Manager> = {
	opkg: {
		file: 'ipk',
		install: 'opkg install --force-downgrade',
		remove: 'opkg remove',
		list: 'opkg list-installed',
		runScripts: `
			mkdir -p $image/usr/lib/opkg/info
			cp /usr/lib/opkg/info/${APP}.* $image/usr/lib/opkg/info/
			cd $image
			for script in postinst prerm postrm; do
				sh ./usr/lib/opkg/info/${APP}.$script
			done`,
	},
	apk: {
		file: 'apk',
		install: 'apk add --no-network --allow-untrusted',
		remove: 'apk del --no-network',
		list: 'apk list --installed',
		runScripts: `
			mkdir -p $image/lib/apk/packages $image/scripts
			cp /lib/apk/packages/${APP}.* $image/lib/apk/packages/
			cd $image
			tar -xz -f /lib/apk/db/scripts.tar.gz -C scripts || exit
			ls scripts/${APP}-*.post-install || exit
			for script in scripts/${APP}-*; do
				sh ./$script
			done`,
	},
};

/** The program that this router has. */
async function manager(router: Router): Promise<Manager> {
	const name = (await router.sh('command -v opkg || command -v apk')).trim().split('/').pop();
	return MANAGERS[name as 'opkg' | 'apk'];
}

const files = new Map<string, Promise<Buffer>>();

/** The app as released under `version`. Its object says so: `luci.nft-offload release`. */
function released(version: string, file: Manager['file']): Promise<Buffer> {
	const key = `${version}.${file}`;
	const found = files.get(key) ?? (async () => {
		const [app] = await packages({ version });
		const plugin = app!.members.find(({ path }) => path === PLUGIN)!;
		const source = plugin.data.toString();
		expect(source).toContain(OBJECT);
		plugin.data = Buffer.from(source.replace(OBJECT, `${OBJECT}\n\t\trelease: { args: {}, call: () => ({ version: '${version}' }) },`));
		if (version === OLDER)
			app!.members.push({ path: OBSOLETE, mode: 0o644, data: Buffer.from('return null;\n') });
		const [built] = await pack([app!], await sourceDate());
		return built![file].data;
	})();
	files.set(key, found);
	return found;
}

async function installFile(router: Router, data: Buffer): Promise<void> {
	const { install: command, file } = await manager(router);
	const path = `/tmp/product.${file}`;
	await router.target.put(path, data);
	await router.sh(`${command} ${path} && rm ${path}`, 120_000);
}

/** The library, which the app depends on: installed first, as its own package. */
async function installLibrary(router: Router): Promise<void> {
	const { file } = await manager(router);
	const [built] = await pack((await packages()).filter(({ name }) => name === LIBRARY), await sourceDate());
	await installFile(router, built![file].data);
}

/** Installs a version, whichever is there. */
export async function install(router: Router, version: string): Promise<void> {
	if (!(await installed(router)).includes(LIBRARY))
		await installLibrary(router);
	const { file } = await manager(router);
	await installFile(router, await released(version, file));
	expect(await installed(router)).toContain(version);
	// rpcd reloads by itself
	await expect.poll(() => running(router)).toBe(version);
}

export async function remove(router: Router): Promise<void> {
	const { remove: command } = await manager(router);
	for (const name of [APP, LIBRARY])
		/* apk takes the library away with the last package that needs it */
		if ((await installed(router)).includes(name))
			await router.sh(`${command} ${name}`, 180_000);
	expect(await installed(router)).toBe('');
}

/** What the package manager says of us, '' when nothing is installed. */
export async function installed(router: Router): Promise<string> {
	const lines = (await router.sh((await manager(router)).list)).split('\n');
	return lines.filter((line) => [APP, LIBRARY].some((name) => line.startsWith(name))).join('\n');
}

/** The version of the code that answers on ubus, null when none does. */
export async function running(router: Router): Promise<string | null> {
	const { code, stdout } = await router.target.sh('ubus -S -t 30 call luci.nft-offload release');
	return code === 0 ? (JSON.parse(stdout) as { version: string }).version : null;
}

/** Has this version installed, or none; installs or removes only when something else is. */
export async function have(router: Router, version: string | null): Promise<void> {
	const now = await installed(router);
	if (version !== null && !now.includes(version))
		await install(router, version);
	if (version === null && now !== '')
		await remove(router);
}

/** Runs the installed scripts as an image builder does, for an image in /tmp/image. */
export async function runScriptsForImage(router: Router): Promise<string> {
	return router.sh(`
		image=/tmp/image
		mkdir -p $image/lib && cp /lib/functions.sh $image/lib/
		export IPKG_INSTROOT=$image
		${(await manager(router)).runScripts}`);
}

/** The paths of the fixture's product on the router. */
async function productFiles(): Promise<string[]> {
	const product = (await packages()).filter(({ name }) => [APP, LIBRARY].includes(name));
	return product.flatMap(({ members }) => members).map(({ path }) => path);
}

/** Takes the product away: what is left is a router that never had it. */
export async function takeProductAway(router: Router): Promise<void> {
	if (await installed(router)) {
		await remove(router);
		return;
	}
	const paths = (await productFiles()).map(quote).join(' ');
	await router.sh(`
		tar -cf ${KEPT} ${paths} 2>/dev/null && rm ${paths} || exit
		rmdir /usr/libexec/nft-offload /usr/share/ucode/nft_offload/* /usr/share/ucode/nft_offload /www/luci-static/resources/nft-offload /www/luci-static/resources/view/nft-offload
		rm -rf /tmp/luci-indexcache.* /tmp/luci-modulecache
		/etc/init.d/rpcd reload`);
	await expect.poll(async () => (await router.target.sh('ubus list')).stdout.match(/^(session|luci\.nft-offload)$/gm)).toEqual(['session']);
}

/** Puts it back for the specs that follow. */
export async function putProductBack(router: Router): Promise<void> {
	await have(router, null);
	if ((await router.target.sh(`test -e ${KEPT}`)).code !== 0) {
		await installLibrary(router);
		const { file } = await manager(router);
		const [app] = await pack((await packages()).slice(0, 1), await sourceDate());
		await installFile(router, app![file].data);
		await router.ready();
		return;
	}
	await router.sh(`tar -xf ${KEPT} -C / && rm ${KEPT} && rm -rf /tmp/luci-indexcache.* /tmp/luci-modulecache && /etc/init.d/rpcd reload`);
	await router.ready();
}
