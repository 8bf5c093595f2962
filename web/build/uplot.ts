// SPDX-License-Identifier: Apache-2.0
/**
 * Makes the package luci-lib-uplot of what uPlot's authors release: a module
 * that LuCI's loader takes, and the licence. Run by `npm run build`.
 *
 * It is a package of its own, and not part of the app's modules, so that other
 * apps may use it too: `'require uplot';`, then `new uplot.uPlot(…)`.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const RELEASE = join(ROOT, 'node_modules/uplot');

/** uPlot for browsers, a script that defines `uPlot`. */
export const RELEASED = join(RELEASE, 'dist/uPlot.iife.min.js');

/** The files of the package, by their paths in the repository. */
export function uplotFiles(): Record<string, string> {
	const { version } = JSON.parse(readFileSync(join(RELEASE, 'package.json'), 'utf8')) as { version: string };
	const licence = `${readFileSync(join(RELEASE, 'LICENSE'), 'utf8').trim()}\n`;
	return {
		'luci-lib-uplot/LICENSE': licence,
		'luci-lib-uplot/htdocs/luci-static/resources/uplot.js': [
			'\'use strict\';',
			'\'require baseclass\';',
			'',
			'/*',
			` * uPlot ${version}, https://github.com/leeoniya/uPlot: its uPlot.iife.min.js as it is released.`,
			' * Around it is what makes it a module of LuCI, written by `npm run build`; do not edit.',
			' *',
			...licence.trimEnd().split('\n').map((line) => ` * ${line}`.trimEnd()),
			' */',
			'',
			readFileSync(RELEASED, 'utf8'),
			'return baseclass.extend({ uPlot });',
			'',
		].join('\n'),
	};
}

if (process.argv[1] === fileURLToPath(import.meta.url))
	for (const [path, text] of Object.entries(uplotFiles())) {
		mkdirSync(dirname(join(ROOT, path)), { recursive: true });
		writeFileSync(join(ROOT, path), text);
	}
