// SPDX-License-Identifier: Apache-2.0
/**
 * Writes what follows from the findings and reasons, a file each: the two lists
 * that the page imports, and docs/findings.md. Run by `npm run findings`.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { FindingDefinition } from '../web/src/doctor/findings/shared/finding.ts';
import { threadOf } from '../web/src/doctor/findings/shared/threads.ts';
import type { ReasonDefinition } from '../web/src/doctor/reasons/shared/reason.ts';

export const ROOT = join(import.meta.dirname, '..');

/** A folder of files that define one thing each, beside `index.ts` and what they share. */
interface Kind {
	folder: string;
	/** The list's constant, and the type of its keys. */
	list: string;
	type: string;
}

const FINDING: Kind = { folder: 'web/src/doctor/findings', list: 'FINDINGS', type: 'FindingCode' };
const REASON: Kind = { folder: 'web/src/doctor/reasons', list: 'REASONS', type: 'ReasonCode' };

/** A file that is written here, its path relative to the repository. */
export interface Generated {
	path: string;
	text: string;
}

/** The files of a kind without their extension, sorted: `pppoe-slow`. */
export const filesOf = (folder: string): string[] => readdirSync(join(ROOT, folder))
	.filter((name) => name.endsWith('.ts') && name !== 'index.ts').map((name) => name.replace(/\.ts$/, '')).sort();

/** `pppoe-slow` as a code: `PPPOE_SLOW`. */
export const codeOf = (file: string): string => file.toUpperCase().replaceAll('-', '_');

/** `pppoe-slow` as a variable: `pppoeSlow`. */
const variableOf = (file: string): string => file.replace(/-(\w)/g, (_match, letter: string) => letter.toUpperCase());

function listOf({ folder, list, type }: Kind): Generated {
	const files = filesOf(folder);
	return {
		path: `${folder}/shared/list.ts`,
		text: [
			'// SPDX-License-Identifier: Apache-2.0',
			'/* Written by `npm run findings`; do not edit. */',
			...files.map((file) => `import ${variableOf(file)} from '../${file}.ts';`),
			'',
			`export const ${list} = {`,
			...files.map((file) => `\t${codeOf(file)}: ${variableOf(file)},`),
			'};',
			'',
			`export type ${type} = keyof typeof ${list};`,
			'',
		].join('\n'),
	};
}

async function definitionsIn<D>(folder: string): Promise<D[]> {
	const modules = await Promise.all(filesOf(folder).map((file) => import(pathToFileURL(join(ROOT, folder, `${file}.ts`)).href) as Promise<{ default: D }>));
	return modules.map((module) => module.default);
}

const LEVELS = ['bad', 'attention', 'plain'];

const link = (thread: string): string => {
	const { name, url } = threadOf(thread);
	return `[${name}](${url})`;
};

const row = (...cells: string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

/** The page about all findings and reasons. `_()` has to be there. */
export function documentation(findings: FindingDefinition[], reasons: ReasonDefinition[]): string {
	const sorted = [...findings].sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) || a.order - b.order);
	const threads = [...new Set(sorted.flatMap((finding) => finding.threads))].sort();
	const always = sorted.filter(({ alsoWhileOff }) => alsoWhileOff).map(({ code }) => `\`${code}\``).join(' and ');
	return `# Findings

Written by \`npm run findings\` from \`${FINDING.folder}/\` and \`${REASON.folder}/\`; do
not edit. How to add one: [contributing.md](contributing.md).

What is known to go wrong with offloading, and can be seen on a router. Each
finding names what was found on *this* router, says what it means, what to do
step by step, and what that costs. \`plain\` explains something, or can go wrong;
\`attention\` wants a look; \`bad\` is broken. Codes are stable. Nothing is found in
what was not surveyed, and only with a flowtable loaded, but for ${always}.

| code | level | what, and what it means | what to do | what that costs | known from |
| --- | --- | --- | --- | --- | --- |
${sorted.map(({ code, level, title, means, steps, costs, threads: known }) =>
	row(`\`${code}\``, level, `**${title()}.** ${means()}`, steps().join(' '), costs(), known.map(link).join(', '))).join('\n')}

## Threads

| thread | findings |
| --- | --- |
${threads.map((thread) => row(link(thread), sorted.filter((finding) => finding.threads.includes(thread)).map(({ code }) => `\`${code}\``).join(', '))).join('\n')}

## Reasons of slow connections

Why a connection is not offloaded, or is slow although the kernel flags it. The
first that applies is given.

| code | when |
| --- | --- |
${[...reasons].sort((a, b) => a.order - b.order).map(({ code, when }) => row(`\`${code}\``, when)).join('\n')}
`;
}

/** Everything that is written here, as it should be. */
export async function generated(): Promise<Generated[]> {
	return [
		listOf(FINDING),
		listOf(REASON),
		{ path: 'docs/findings.md', text: documentation(await definitionsIn(FINDING.folder), await definitionsIn(REASON.folder)) },
	];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	Object.assign(globalThis, { _: (text: string) => text });
	for (const { path, text } of await generated())
		writeFileSync(join(ROOT, path), text);
	console.log(`findings: ${filesOf(FINDING.folder).length}, reasons: ${filesOf(REASON.folder).length}, written down in ${relative(process.cwd(), join(ROOT, 'docs/findings.md'))}`);
}
