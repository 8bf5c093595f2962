// SPDX-License-Identifier: Apache-2.0
/**
 * Text cases in firewall4's spirit: a description, then sections that start
 * with `-- Name --` and end with `-- End --`. A section whose head ends with
 * `= NAME` has the content of samples/NAME.
 *
 *   Testcase               ucode that uses the backend's modules
 *   File PATH              a file of the mocked router
 *   Command PREFIX         what a command prints; its first line is `exit CODE`
 *   UCI PACKAGE            JSON: { section: { '.type': …, option: value } }
 *   Deltas                 JSON: uncommitted changes to firewall
 *   Ubus OBJECT METHOD     JSON: the reply
 *   Expect stdout          compared to the letter
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Router {
	files: Record<string, string>;
	commands: [prefix: string, code: number, output: string][];
	uci: Record<string, unknown>;
	deltas: unknown[];
	ubus: Record<string, Record<string, unknown>>;
}

export interface BackendCase {
	description: string;
	code: string;
	stdout: string | null;
	router: Router;
}

const HEAD = /^-- (Testcase|File|Command|UCI|Deltas|Ubus|Expect stdout)(?: (.+?))?(?: = (.+))? --$/;
const SAMPLES = join(import.meta.dirname, 'samples');

function enter(test: BackendCase, kind: string, name: string, body: string): void {
	const { router } = test;

	switch (kind) {
	case 'Testcase': test.code = body; break;
	case 'Expect stdout': test.stdout = body; break;
	case 'File': router.files[name] = body; break;
	case 'UCI': router.uci[name] = JSON.parse(body); break;
	case 'Deltas': router.deltas = JSON.parse(body) as unknown[]; break;

	case 'Ubus': {
		const [object = '', method = ''] = name.split(' ');

		(router.ubus[object] ??= {})[method] = JSON.parse(body);
		break;
	}

	case 'Command': {
		const [, code = '', output = ''] = /^exit (\d+)\n([^]*)$/.exec(body) ?? [];

		if (!code)
			throw new Error(`the command "${name}" does not start with its exit code`);

		router.commands.push([name, Number(code), output]);
	}
	}
}

/** Reads one case. Throws where it is not understood. */
export function parseBackendCase(file: string): BackendCase {
	const test: BackendCase = {
		description: '', code: '', stdout: null,
		router: { files: {}, commands: [], uci: {}, deltas: [], ubus: {} },
	};
	let head: RegExpExecArray | null = null, body: string[] = [];

	for (const line of readFileSync(file, 'utf8').split('\n')) {
		if (head && line === '-- End --') {
			const [, kind = '', name = '', sample] = head;

			enter(test, kind, name, sample ? readFileSync(join(SAMPLES, sample), 'utf8') : body.map((text) => `${text}\n`).join(''));
			head = null;
			body = [];
		}
		else if (head) {
			body.push(line);
		}
		else if (!(head = HEAD.exec(line)) && line.trim()) {
			test.description += (test.description ? ' ' : '') + line.trim();
		}
	}

	if (head || !test.code || test.stdout === null || !test.description)
		throw new Error(`${file} is not complete`);

	return test;
}
