// SPDX-License-Identifier: Apache-2.0
/** Places in ucode source, as ucode's messages show them. */
import { UcodeError } from './values.mjs';

/** 1-based line and byte of an offset. */
export function position(source, offset) {
	const before = source.slice(0, offset);
	const start = before.lastIndexOf('\n') + 1;

	return { line: before.split('\n').length, byte: offset - start + 1 };
}

/** A syntax error in ucode's wording. */
export function syntaxError(message, source, offset, filename) {
	const { line, byte } = position(source, offset);
	const file = filename ? `${filename}, ` : '';

	return new UcodeError('Syntax error', `${message}\nIn ${file}line ${line}, byte ${byte}:\n${context(source, offset)}`);
}

/** The source line with a pointer below (uc_source_context_format). */
export function context(source, offset) {
	const start = source.lastIndexOf('\n', offset - 1) + 1;
	const end = source.indexOf('\n', offset);
	const wide = (text) => text.replace(/\t/g, '    ').replace(/[\r\v]/g, ' ');
	const pad = wide(source.slice(start, offset)).length;
	const pointer = pad < 11 ? `${' '.repeat(pad)}^-- Near here` : `Near here ${'-'.repeat(pad - 10)}^`;

	return `\n \`${wide(source.slice(start, end < 0 ? undefined : end))}\`\n  ${pointer}\n`;
}
