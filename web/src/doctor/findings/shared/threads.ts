// SPDX-License-Identifier: Apache-2.0

/** Where something is known from. */
export interface Thread {
	/** `openwrt/luci#1826`, or the name of a page of the kernel's documentation. */
	name: string;
	url: string;
}

/**
 * The address of `openwrt/luci#1826` on GitHub, which redirects from an issue
 * to a pull request of that number; a name without a number is a page of the
 * kernel's documentation on networking.
 */
export function threadOf(name: string): Thread {
	const [repository, issue] = name.split('#');
	return { name, url: issue ? `https://github.com/${repository}/issues/${issue}` : `https://docs.kernel.org/networking/${name}.html` };
}
