// SPDX-License-Identifier: Apache-2.0
/**
 * LuCI's compiled catalogue (.lmo), as luci-base's po2lmo makes it. All numbers
 * are 32 bit, big-endian: the texts, each filled up to 4 bytes; an index of
 * { hash of the key, number of plural forms, offset, length } sorted by hash;
 * the index's offset. The key 0 is the formula of the plural forms.
 */

/** An entry of a catalogue; the header's `msgid` is empty. Only \\" and \\\\ are unescaped. */
export interface Message {
	msgctxt?: string;
	msgid?: string;
	msgid_plural?: string;
	/** By plural form; one without. */
	msgstr: string[];
}

interface Entry {
	key: number;
	plurals: number;
	text: Buffer;
}

/** "Super fast hash" with the length as its start, as liblmo and LuCI's cbi.js compute it. */
export function hash(text: string): number {
	const data = Buffer.from(text);
	const half = (at: number): number => data.readUInt16LE(at);
	const odd = data.length & 3, even = data.length - odd;
	let sum = data.length;

	if (!sum)
		return 0;
	for (let at = 0; at < even; at += 4) {
		sum = (sum + half(at)) >>> 0;
		sum = ((sum << 16) ^ (half(at + 2) << 11) ^ sum) >>> 0;
		sum = (sum + (sum >>> 11)) >>> 0;
	}

	if (odd === 3) {
		sum = (sum + half(even)) >>> 0;
		sum = (sum ^ (sum << 16) ^ (data.readInt8(even + 2) << 18)) >>> 0;
		sum = (sum + (sum >>> 11)) >>> 0;
	} else if (odd === 2) {
		sum = (sum + half(even)) >>> 0;
		sum = (sum ^ (sum << 11)) >>> 0;
		sum = (sum + (sum >>> 17)) >>> 0;
	} else if (odd === 1) {
		sum = (sum + data.readInt8(even)) >>> 0;
		sum = (sum ^ (sum << 10)) >>> 0;
		sum = (sum + (sum >>> 1)) >>> 0;
	}

	for (const [left, right] of [[3, 5], [4, 17], [25, 6]] as const) {
		sum = (sum ^ (sum << left)) >>> 0;
		sum = (sum + (sum >>> right)) >>> 0;
	}
	return sum;
}

/** Only \" and \\ are unescaped: liblmo looks \n up as it stands in the catalogue. */
function unescaped(quoted: string): string {
	return quoted.replace(/\\(["\\])/g, '$1');
}

/**
 * Reads a catalogue, comments aside.
 * @param po text of a .po file
 * @throws Error with the line where the catalogue cannot be read
 */
export function messagesOf(po: string): Message[] {
	const messages: Message[] = [];
	let current: Message = { msgstr: [] };
	let append: (text: string) => void = () => {};

	po.split(/\r?\n/).forEach((line, number) => {
		if (/^\s*(#|$)/.test(line))
			return;
		const [, keyword, form, text] = /^\s*(?:(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d)\])?\s*)?"((?:[^"\\]|\\.)*)"\s*$/.exec(line) ?? [];
		if (text == null)
			throw new Error(`line ${number + 1} of the catalogue: ${line}`);

		if ((keyword === 'msgctxt' || keyword === 'msgid') && current.msgstr.length)
			current = { msgstr: [] };
		if (keyword === 'msgid')
			messages.push(current);
		if (keyword) {
			const { msgstr } = current, message = current;
			append = keyword === 'msgstr'
				? (more) => { msgstr[Number(form ?? 0)] = (msgstr[Number(form ?? 0)] ?? '') + more; }
				: (more) => { message[keyword as 'msgid'] = (message[keyword as 'msgid'] ?? '') + more; };
		}
		append(unescaped(text));
	});
	return messages;
}

function entriesOf({ msgctxt, msgid = '', msgid_plural, msgstr }: Message): Entry[] {
	if (!msgid) {
		const [, formula] = /(?:^|\\n)Plural-Forms: (.*?)\\n/i.exec(msgstr[0] ?? '') ?? [];
		return formula ? [{ key: 0, plurals: 0, text: Buffer.from(formula) }] : [];
	}
	// liblmo asks for every form of a message; one that is not translated has none
	if (!msgstr[0])
		return [];
	return msgstr.flatMap((text, form) => {
		const key = hash((msgctxt ? `${msgctxt}\x01` : '') + msgid + (msgid_plural ? `\x02${form}` : ''));
		return text && key !== hash(text) ? [{ key, plurals: msgstr.length, text: Buffer.from(text) }] : [];
	});
}

/**
 * Compiles a catalogue.
 * @param po text of a .po file, UTF-8
 * @returns null when nothing in it is translated
 * @throws Error with the line where it cannot be read
 */
export function compile(po: string): Buffer | null {
	let offset = 0;
	const texts: Buffer[] = [];
	const entries = messagesOf(po).flatMap(entriesOf).map(({ key, plurals, text }) => {
		const at = offset, filled = Buffer.alloc((text.length + 3) & ~3);
		text.copy(filled);
		texts.push(filled);
		offset += filled.length;
		return [key, plurals, at, text.length];
	});
	if (!offset)
		return null;

	const numbers = [...entries.sort(([a = 0], [b = 0]) => a - b).flat(), offset];
	const index = Buffer.alloc(numbers.length * 4);
	numbers.forEach((number, i) => index.writeUInt32BE(number, i * 4));
	return Buffer.concat([...texts, index]);
}
