// SPDX-License-Identifier: Apache-2.0
/**
 * What the guest's half of the console says (guest.sh), and the words it is
 * told. A console is a line that others write on as well: the kernel prints
 * messages, the terminal echoes. So a record begins with a control character
 * that nobody else sends, and a file comes as hex digits between two records,
 * the second of which has its checksum.
 */

import { createHash } from 'node:crypto';

/** ASCII's record separator; a terminal echoes it as `^^`. */
const MARK = '\x1e';

export type Stream = 'o' | 'e';

export type Heard =
	/** Everything up to this number was read and done. */
	| { kind: 'done'; number: number }
	/** A job ended. `wrote`: which of its streams are not empty, `-` for none. */
	| { kind: 'exit'; id: number; code: number; wrote: string }
	/** A job's stream; null when what came is not what was sent. */
	| { kind: 'data'; id: number; stream: Stream; data: Buffer | null };

/** Finds the records in what a console prints, however it is cut. */
export class RecordReader {
	#rest = '';
	/** Digits of the file that is coming. */
	#hex: string[] | null = null;

	push(text: string): Heard[] {
		const lines = (this.#rest + text).split('\n');
		this.#rest = lines.pop()!;
		return lines.map((line) => this.#line(line.replaceAll('\r', ''))).filter((heard) => heard !== null);
	}

	#line(line: string): Heard | null {
		const at = line.lastIndexOf(MARK);
		if (at < 0) {
			const digits = line.trim();
			if (/^([0-9a-f]{2})+$/.test(digits))
				this.#hex?.push(digits);
			return null;
		}
		const [word, ...rest] = line.slice(at + 1).split(' ');
		const [first = 0, second = 0] = rest.map(Number);
		const stream = rest[1] as Stream;
		switch (`${word} ${rest.length}`) {
		case 'A 1':
			return Number.isInteger(first) ? { kind: 'done', number: first } : null;
		case 'X 3':
			return Number.isInteger(first) && Number.isInteger(second) && /^(-|o?e?)$/.test(rest[2]!) ? { kind: 'exit', id: first, code: second, wrote: rest[2]! } : null;
		case 'B 0':
			this.#hex = [];
			return null;
		case 'E 3': {
			const data = Buffer.from(this.#hex?.join('') ?? '', 'hex');
			this.#hex = null;
			const whole = createHash('md5').update(data).digest('hex') === rest[2];
			return Number.isInteger(first) && /^[oe]$/.test(stream) ? { kind: 'data', id: first, stream, data: whole ? data : null } : null;
		}
		}
		return null;
	}
}

/** Characters of a line's payload: far less than the 4096 that a terminal keeps of a line. */
const WIDTH = 1500;

/**
 * Bytes as words for `printf %b` between single quotes, a line's worth each.
 * Nothing in them is special to a terminal or to a shell; four digits, because
 * a fifth would be the next character's.
 */
export function escape(data: Buffer): string[] {
	const words: string[] = [];
	let word = '';
	for (const byte of data) {
		word += byte >= 0x20 && byte < 0x7f && byte !== 0x27 && byte !== 0x5c ? String.fromCharCode(byte) : `\\0${byte.toString(8).padStart(3, '0')}`;
		if (word.length >= WIDTH) {
			words.push(word);
			word = '';
		}
	}
	return word ? [...words, word] : words;
}
