// SPDX-License-Identifier: Apache-2.0
/**
 * Extracts every text that the page, its menu entry and its ACL show into the
 * translation template. Run by `npm run pot`.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PACKAGE = 'luci-app-nft-offload';
export const TEMPLATE = join(ROOT, PACKAGE, 'po/templates/nft-offload.pot');

/** A text with what tells it from the same text elsewhere (msgctxt), and its plural. */
interface Text {
	singular: string;
	plural?: string;
	context?: string;
}

interface Message extends Text {
	files: Set<string>;
}

/** Files below a folder, as paths relative to the repository, sorted. */
function filesBelow(folder: string, pattern: RegExp): string[] {
	return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => pattern.test(name)).map((name) => join(folder, name)).sort();
}

/** The literal arguments of every `_()` and `N_()` in a source. Throws on one that is not a literal. */
export function messagesOf(path: string, source: string): Text[] {
	const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true, path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
	const found: Text[] = [];
	const literal = (node: ts.Expression | undefined): string => {
		if (!node || !ts.isStringLiteralLike(node)) {
			const { line } = file.getLineAndCharacterOfPosition((node ?? file).getStart());
			throw new Error(`${path}:${line + 1}: only a literal can be translated`);
		}
		return node.text;
	};
	const context = (node: ts.Expression | undefined): Pick<Text, 'context'> => (node ? { context: literal(node) } : {});
	const visit = (node: ts.Node): void => {
		if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
			if (node.expression.text === '_')
				found.push({ singular: literal(node.arguments[0]), ...context(node.arguments[1]) });
			else if (node.expression.text === 'N_')
				found.push({ singular: literal(node.arguments[1]), plural: literal(node.arguments[2]), ...context(node.arguments[3]) });
		}
		ts.forEachChild(node, visit);
	};
	visit(file);
	return found;
}

/** The texts of a menu entry (`title`) and of an ACL group (`description`). */
function messagesOfJson(source: string): string[] {
	const entries = Object.values(JSON.parse(source) as Record<string, { title?: string; description?: string }>);
	return entries.flatMap(({ title, description }) => [title, description]).filter((text): text is string => text !== undefined);
}

/** The template as it should be, from the sources as they are. */
export function template(): string {
	const messages = new Map<string, Message>();
	const add = (path: string, text: Text): void => {
		const key = `${text.singular}\0${text.context ?? ''}`;
		const message = messages.get(key) ?? { ...text, files: new Set() };
		if (message.plural !== text.plural)
			throw new Error(`${path}: “${text.singular}” is used with two plurals`);
		message.files.add(relative(ROOT, join(ROOT, path)));
		messages.set(key, message);
	};
	for (const path of filesBelow('web/src', /(?<!\.d)\.tsx?$/))
		for (const text of messagesOf(path, readFileSync(join(ROOT, path), 'utf8')))
			add(path, text);
	for (const path of filesBelow(join(PACKAGE, 'root/usr/share'), /\.json$/))
		for (const singular of messagesOfJson(readFileSync(join(ROOT, path), 'utf8')))
			add(path, { singular });

	const quote = (text: string): string => JSON.stringify(text);
	const entries = [...messages].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { singular, plural, context, files }]) => [
		...[...files].sort().map((path) => `#: ${path}`),
		...(context === undefined ? [] : [`msgctxt ${quote(context)}`]),
		`msgid ${quote(singular)}`,
		...(plural === undefined ? ['msgstr ""'] : [`msgid_plural ${quote(plural)}`, 'msgstr[0] ""', 'msgstr[1] ""']),
	].join('\n'));
	return `${['msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8"', ...entries].join('\n\n')}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
	writeFileSync(TEMPLATE, template());
