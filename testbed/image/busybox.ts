// SPDX-License-Identifier: Apache-2.0
/**
 * Debian's busybox, cut down to the applets that OpenWrt's has.
 *
 * Leaving out the links is not enough: Debian builds busybox so that its shell
 * runs an applet of its own before it looks at PATH, so a script could use
 * `setsid` here and fail on a router. The names of the applets to leave out are
 * overwritten in the program's own, sorted table of names.
 */

/** The shell's other names, and what programs of other OpenWrt packages do on a router and Debian's busybox can: procd's init, kmodloader, logd. */
export const FROM_OTHER_PACKAGES = ['[', '[[', 'busybox', 'init', 'insmod', 'logread', 'lsmod', 'modprobe', 'rmmod', 'sh', 'syslogd'];

/** Control characters first; a few short names leave no room but for another letter. */
const DISGUISES = [0x7f, ...Array.from({ length: 31 }, (_, i) => i + 1), ...Array.from({ length: 26 }, (_, i) => 0x7a - i)];

/** Sorts between two names that stay, has the same length as `name`, and is no other applet's. */
function disguise(name: string, names: string[], before: string, after: string | undefined): string | null {
	for (const code of DISGUISES) {
		for (let place = name.length - 1; place >= 0; place--) {
			const other = name.slice(0, place) + String.fromCharCode(code) + name.slice(place + 1);
			if (other > before && (after === undefined || other < after) && !names.includes(other))
				return other;
		}
	}
	return null;
}

/**
 * @param program busybox
 * @param names its applets, in the order of `busybox --list`
 * @param wanted which of them stay
 * @returns a busybox that knows only those
 * @throws Error when the table of names is not where and how it is expected
 */
export function restrictApplets(program: Buffer, names: string[], wanted: Set<string>): Buffer {
	const table = Buffer.from(names.join('\0') + '\0', 'latin1');
	const start = program.indexOf(table);
	if (start < 0 || program.indexOf(table, start + 1) >= 0)
		throw new Error('busybox has no single table of applet names');
	let before = '';
	const renamed = names.map((name, index) => {
		if (wanted.has(name))
			return before = name;
		const other = disguise(name, names, before, names.slice(index).find((next) => wanted.has(next)));
		/* a one-letter name (`w`) has no other that sorts in its place */
		if (other === null && name.length > 1)
			throw new Error(`no way to leave out the applet ${name}`);
		return other ?? name;
	});
	const result = Buffer.from(program);
	result.write(renamed.join('\0') + '\0', start, 'latin1');
	return result;
}
