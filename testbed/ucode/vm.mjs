// SPDX-License-Identifier: Apache-2.0
/** One ucode virtual machine: its globals, its modules, its exceptions. */
import fs from 'node:fs';
import path from 'node:path';
import { Script } from 'node:vm';
import { builtins } from './builtins.mjs';
import { strerror } from './errno.mjs';
import * as operators from './operators.mjs';
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
	compile(source, { filename, file = filename, module = false }) {
		const program = { ...rewrite(source, { filename, strict: this.strict, module }), file };
		const id = `ucode:${this.programs.size}:${filename}`;

		this.programs.set(id, program);

		return new Script(program.code, { filename: id }).runInThisContext()(operators, this, program.constants, file);
	}

	/** Runs a file as `ucode file` does; the value of its return or last expression. */
	run(file) {
		return this.compile(readSource(file), { filename: toBytes(file) })();
	}

	runSource(source, filename) {
		return this.compile(source, { filename, file: null })();
	}

	/** The file an `import` means, null when there is none (uc_compiler_resolve_module_path). */
	resolve(name, from) {
		const directory = from ? path.dirname(from) : '.';
		const candidates = name.includes('/') ? [ name ] :
			this.search.filter((template) => template.includes('*')).map((template) => template.replace('*', name.replaceAll('.', '/')));

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

	/** `import`: an object whose properties are the module's exports. `wanted` are checked. */
	load(name, from, wanted = []) {
		const exported = this.exports(name, from);

		for (const key of wanted)
			if (!(key in exported))
				throw new UcodeError('Syntax error', key === 'default' ? `Module ${name} has no default export` : `Module ${name} does not export '${key}'`);

		return exported;
	}

	exports(name, from) {
		if (nativeModules.has(name))
			return this.native(name);
		if (NATIVE.includes(name))
			refuse(`the native module ${name}`);

		const file = this.resolve(name, from);

		if (!file)
			throw new UcodeError('Syntax error', `Unable to resolve path for module '${name}'`);
		if (file.endsWith('.so'))
			refuse(`the native module ${name}`);

		if (this.modules.has(file))
			return this.modules.get(file) ?? this.circular(name);

		this.modules.set(file, null);

		const table = this.compile(readSource(file), { filename: toBytes(file), module: true })();
		const exported = Object.create(null);

		for (const key of Object.keys(table))
			Object.defineProperty(exported, key, { get: table[key], enumerable: true });

		this.modules.set(file, exported);

		return exported;
	}

	circular(name) {
		throw new UcodeError('Syntax error', `Circular dependency: ${name}`);
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

		if (nativeModules.has(name)) {
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

function readSource(file) {
	try {
		return fs.readFileSync(file, 'latin1');
	}
	catch (e) {
		throw Object.assign(new Error(`Failed to open "${file}": ${strerror(e.code)}`), { code: e.code });
	}
}

