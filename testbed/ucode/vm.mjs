// SPDX-License-Identifier: Apache-2.0
/** One ucode virtual machine: its globals, its modules, its exceptions. */
import fs from 'node:fs';
import path from 'node:path';
import { Script } from 'node:vm';
import { builtins } from './builtins.mjs';
import { strerror } from './errno.mjs';
import * as operators from './operators.mjs';
import { syntaxError } from './source.mjs';
import { rewrite } from './rewrite.mjs';
import { stacktrace } from './stacktrace.mjs';
import { File } from './stdio.mjs';
import { Double, Namespace, Obj, UcodeError, mark, natives, own, refuse, toBytes } from './values.mjs';

/** OpenWrt's, as ucode is built there. */
const SEARCH_PATH = [ '/usr/lib/ucode/*.so', '/usr/share/ucode/*.uc', './*.so', './*.uc' ];

/** ucode's own modules that nothing here stands in for. */
const NATIVE = [ 'debug', 'digest', 'io', 'log', 'math', 'nl80211', 'resolv', 'rtnl', 'socket', 'struct', 'uloop', 'zlib' ];

/** Registers native functions, so that ucode sees them as such. */
export function register(object, functions) {
	for (const [ name, f ] of Object.entries(functions)) {
		if (typeof f === 'function')
			natives.add(f);

		object[mark(name)] = f;
	}

	return object;
}

/** A module's .mjs, loaded when first asked for would need await: they are given by the embedder. */
const nativeModules = new Map();

/** @param {string} name @param {(vm: Vm) => Record<string, unknown>} make */
export function provide(name, make) {
	nativeModules.set(name, make);
}

export class Vm {
	/**
	 * @param {{ search?: string[], strict?: boolean, stdout?: File, stderr?: File }} [options]
	 *   search: templates with a `*`, before OpenWrt's own
	 */
	constructor({ search = [], strict = false } = {}) {
		this.strict = strict;
		/** Searched before the native modules, as -L is. */
		this.first = search;
		this.search = [ ...search, ...SEARCH_PATH ];
		this.stdin = new File(0);
		this.stdout = new File(1);
		this.stderr = new File(2);
		/** Files of the programs loaded, by name in V8's stack. */
		this.programs = new Map();
		this.modules = new Map();
		this.exceptionPrototype = register(new Obj(), {
			tostring() {
				return this?.message ?? 'Exception';
			}
		});
		this.globals = new Obj();
		register(this.globals, builtins(this));
		this.globals.REQUIRE_SEARCH_PATH = [ ...this.search ];
		this.globals.modules = new Obj();
		this.globals.NaN = new Double(NaN);
		this.globals.Infinity = new Double(Infinity);
		this.globals.global = this.globals;
		this.globals.ARGV = [];
	}

	/** A global that may not be declared. */
	global(value, name, strict) {
		if (value !== undefined)
			return value;

		if (strict)
			throw new UcodeError('Reference error', `access to undeclared variable ${name}`);

		return null;
	}

	setGlobal(name, value, strict) {
		const property = mark(name);

		if (strict && !(property in this.globals))
			throw new UcodeError('Reference error', `access to undeclared variable ${name}`);

		return this.globals[property] = value;
	}

	/** The rewritten program as a function; called, it runs. */
	/** @returns {{ program: ReturnType<typeof rewrite>, main: () => unknown }} */
	build(source, { filename, file, module = false }) {
		const program = { ...rewrite(source, { filename, strict: this.strict, module }), file };
		const id = `ucode:${this.programs.size}:${filename}`;

		this.programs.set(id, program);
		this.prepare(program, file, module ? filename : null);

		return { program, main: new Script(program.code, { filename: id }).runInThisContext()(operators, this, program.constants, file) };
	}

	/** A program as a function; called, it runs. */
	compile(source, options) {
		return this.build(source, options).main;
	}

	compileFile(file) {
		return this.compile(readSource(file), { filename: toBytes(file), file });
	}

	/** Runs a file as `ucode file` does; the value of its return or last expression. */
	run(file) {
		return this.compileFile(file)();
	}

	/** loadstring(), loadfile(): a program as a function; `what` is named when it does not compile. */
	loadProgram(what, compile) {
		try {
			return compile();
		}
		catch (e) {
			if (!(e instanceof UcodeError))
				throw e;

			const lines = `${e.type}: ${e.message}`.trimEnd().split('\n').map((line) => `  |${line && ` ${line}`}`);

			throw new UcodeError('Runtime error', `Unable to compile ${what}:\n\n${lines.join('\n')}\n`);
		}
	}

	runSource(source, filename) {
		return this.compile(source, { filename, file: null })();
	}

	/** Whether a name means a native module that is provided. */
	isNative(name, from) {
		return nativeModules.has(name) && !this.resolve(name, from, this.first);
	}

	/** The file an `import` means, null when there is none (uc_compiler_resolve_module_path). */
	resolve(name, from, search = this.search) {
		const directory = from ? path.dirname(from) : '.';
		const candidates = name.includes('/') ? [ name ] :
			search.filter((template) => template.includes('*')).map((template) => template.replace('*', name.replaceAll('.', '/')));

		for (const candidate of candidates) {
			try {
				return fs.realpathSync(path.resolve(directory, candidate));
			}
			catch {
				// the next one
			}
		}

		return null;
	}

	/** What an import names is there, before anything runs. Its modules are compiled, not run. */
	prepare({ source, imports }, file, filename) {
		for (const { source: name, wanted, offset, end } of imports) {
			let exported;

			if (this.isNative(name, file)) {
				exported = Object.keys(this.native(name));
			}
			else {
				const found = this.find(name, file);

				if (!found)
					throw syntaxError(`Unable to resolve path for module '${name}'`, source, end, filename);

				exported = this.module(found, name).program.exported;
			}

			for (const key of wanted) {
				if (exported.includes(key))
					continue;

				throw syntaxError(key === 'default' ? `Module ${name} has no default export` : `Module ${name} does not export '${key}'`, source, offset, filename);
			}
		}
	}

	/** The .uc file an import means; null when there is none. */
	find(name, from) {
		if (NATIVE.includes(name))
			refuse(`the native module ${name}`);

		const file = this.resolve(name, from);

		return file?.endsWith('.so') ? refuse(`the native module ${name}`) : file;
	}

	/** A compiled module: { program, main, exported: its values once it ran }. */
	module(file, name) {
		if (this.modules.has(file))
			return this.modules.get(file) ?? refuse(`the circular import of ${name}`);

		this.modules.set(file, null);

		const compiled = { ...this.build(readSource(file), { filename: toBytes(file), file, module: true }), exported: null };

		this.modules.set(file, compiled);

		return compiled;
	}

	/** `import`: an object whose properties are the module's exports, live. */
	exports(name, from) {
		if (this.isNative(name, from))
			return this.native(name);

		const found = this.module(this.find(name, from), name);

		if (!found.exported) {
			found.exported = Object.create(null);

			const table = found.main();

			for (const key of Object.keys(table))
				Object.defineProperty(found.exported, key, { get: table[key], enumerable: true });
		}

		return found.exported;
	}

	native(name) {
		let exported = this.modules.get(name);

		if (!exported) {
			exported = register(Object.create(null), nativeModules.get(name)(this));
			this.modules.set(name, exported);
		}

		return exported;
	}

	namespace(exported) {
		return new Namespace(Object.keys(exported), (name) => exported[name]);
	}

	/** require(): a native module as an object, or the value a script returns. */
	require(name) {
		const { modules } = this.globals;
		const known = own(modules, name);

		if (known !== undefined)
			return known;

		let value;

		if (this.isNative(name, null)) {
			value = register(new Obj(), this.native(name));
		}
		else {
			if (NATIVE.includes(name))
				refuse(`the native module ${name}`);

			const file = /^[A-Za-z0-9_.]+$/.test(name) ? this.resolve(name, null) : null;

			if (!file)
				throw new UcodeError('Runtime error', `No module named '${name}' could be found`);
			if (file.endsWith('.so'))
				refuse(`the native module ${name}`);

			value = this.run(file);
		}

		modules[mark(name)] = value;

		return value;
	}

	/** What `catch (e)` sees. */
	exceptionObject(error) {
		const object = new Obj();

		object.type = error.type;
		object.message = error.message;
		object.stacktrace = stacktrace(error, this);
		Object.setPrototypeOf(object, this.exceptionPrototype);

		return object;
	}
}

/** The script itself cannot be read. */
export class SourceError extends Error {}

function readSource(file) {
	try {
		return fs.readFileSync(file, 'latin1');
	}
	catch (e) {
		throw new SourceError(`Failed to open "${file}": ${strerror(e.code)}`);
	}
}

