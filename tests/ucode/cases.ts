// SPDX-License-Identifier: Apache-2.0
/** Text cases in firewall4's style: a description, then sections `-- Name --` … `-- End --`. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface Case {
	description: string;
	/** Path below the working directory → content. */
	files: Map<string, string>;
	/** Arguments before the script. */
	arguments: string[];
	code: string;
	stdout: string;
	/** null: not compared. */
	stderr: string | null;
	exitcode: number;
}

export interface Ran {
	stdout: string;
	stderr: string;
	exitcode: number | null;
}

const HEAD = /^-- (?:(Testcase|Args)|File (.+)|Expect (stdout|stderr|exitcode)) --$/;
const END = /^-- End( \(no-eol\))? --$/;

/** Reads one file of cases. Throws where it is not understood: no case gets lost. */
export function parseCases(file: string): Case[] {
	const cases: Case[] = [];
	let text: string[] = [], description = '';
	let current: Case | null = null, head: RegExpExecArray | null = null;

	for (const line of readFileSync(file, 'utf8').split('\n')) {
		const end = head && END.exec(line);

		if (head && !end) {
			text.push(line);
		}
		else if (head && end && current) {
			const body = text.join('\n') + (end[1] || !text.length ? '' : '\n');

			if (head[1] === 'Testcase')
				current.code = body;
			else if (head[1] === 'Args')
				current.arguments = body.trim().split(/\s+/);
			else if (head[2] !== undefined)
				current.files.set(head[2], body);
			else if (head[3] === 'exitcode')
				current.exitcode = Number(body);
			else
				current[head[3] as 'stdout' | 'stderr'] = body;

			head = null;
			text = [];
		}
		else if ((head = HEAD.exec(line))) {
			if (!description && !current)
				throw new Error(`${file}: a section before the first description`);

			if (description) {
				current = { description, files: new Map(), arguments: [], code: '', stdout: '', stderr: null, exitcode: 0 };
				cases.push(current);
				description = '';
			}
		}
		else if (line.trim()) {
			description += (description ? ' ' : '') + line.trim();
		}
	}

	const broken = cases.find(({ code }) => !code);

	if (head || description || broken)
		throw new Error(`${file}: ${broken?.description ?? (description || 'the last case')} is not complete`);

	return cases;
}

/** Runs a case in a directory of its own. `command`: an interpreter and its first arguments. */
export function runCase(test: Case, command: readonly [string, ...string[]]): Promise<Ran> {
	const directory = mkdtempSync(join(tmpdir(), 'ucode-case-'));

	for (const [name, content] of test.files) {
		mkdirSync(dirname(join(directory, name)), { recursive: true });
		writeFileSync(join(directory, name), content);
	}

	writeFileSync(join(directory, 'case.uc'), test.code);

	return new Promise((resolve) => {
		const [program, ...first] = command;
		const child = execFile(program, [...first, ...test.arguments, 'case.uc'], { cwd: directory, timeout: 60_000 },
			(error, stdout, stderr) => {
				rmSync(directory, { recursive: true, force: true });
				resolve({ stdout, stderr, exitcode: error ? (typeof error.code === 'number' ? error.code : null) : 0 });
			});

		child.stdin?.end();
	});
}
