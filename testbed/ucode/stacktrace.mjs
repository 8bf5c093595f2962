// SPDX-License-Identifier: Apache-2.0
/** V8's stack of a ucode exception → ucode's: file, line, byte and function of the ucode source. */
import { context, position } from './source.mjs';
import { Obj, natives } from './values.mjs';

const wanted = new WeakMap();

Error.stackTraceLimit = 100;

/** The structured frames of an error; V8 makes them when `stack` is first read. */
function frames(error) {
	const before = Error.prepareStackTrace;

	Error.prepareStackTrace = (e, sites) => {
		wanted.set(e, sites);

		return before ? before(e, sites) : `${e}\n${sites.map((site) => `    at ${site}`).join('\n')}`;
	};

	try {
		void error.stack;
	}
	finally {
		Error.prepareStackTrace = before;
	}

	return wanted.get(error) ?? [];
}

/** Where in the ucode source a place of the rewritten code comes from. */
function origin(program, line, column) {
	let at = 0;

	for (let i = 1; i < line; i++)
		at = program.code.indexOf('\n', at) + 1;

	at += column - 1;

	let found = 0;

	for (const [ code, offset ] of program.marks) {
		if (code > at)
			break;

		found = offset;
	}

	const inner = program.functions.filter((f) => f.from <= at && at < f.to).sort((a, b) => b.from - a.from)[0];

	return { offset: found, name: inner?.name ?? null };
}

/** @returns {Obj[]} */
export function stacktrace(error, vm) {
	const trace = [];

	for (const site of frames(error)) {
		const program = vm.programs.get(site.getFileName());
		const entry = new Obj();

		if (program) {
			const { offset, name } = origin(program, site.getLineNumber(), site.getColumnNumber());
			const { line, byte } = position(program.source, offset);

			entry.filename = program.filename;
			entry.line = line;
			entry.byte = byte;

			if (name)
				entry.function = name;

			if (!trace.some((other) => other.filename))
				entry.context = { program, offset };
		}
		else if (trace.length && natives.has(vm.globals[site.getFunctionName()])) {
			// a builtin that calls back, as map() does
			entry.function = site.getFunctionName();
		}
		else {
			continue;
		}

		trace.push(entry);
	}

	const first = trace.find((entry) => entry.context);

	if (first) {
		const { program, offset } = first.context;

		first.context = `${heading(trace)}${context(program.source, offset)}`;
	}

	return trace;
}

function heading(trace) {
	return trace.map((entry, i) => {
		const place = i === 0 ? `line ${entry.line}, byte ${entry.byte}:\n` : entry.line ? `${entry.filename}:${entry.line}:${entry.byte})\n` : '[C])\n';

		if (i)
			return `  called from ${entry.function ? `function ${entry.function}` : 'anonymous function'} (${place}`;

		return entry.function ? `In ${entry.function}(), file ${entry.filename}, ${place}` : `In ${entry.filename}, ${place}`;
	}).join('');
}

/** The ucode file `depth` ucode frames above the caller; null when it is none. */
export function callerFile(vm, depth) {
	const seen = frames(new Error()).map((site) => vm.programs.get(site.getFileName())).filter((program) => program);

	return seen[depth]?.file ?? null;
}
