// SPDX-License-Identifier: Apache-2.0
/** Running ucode inside another Node program, e.g. an rpcd plugin inside the stand-in of rpcd. */
import { fsModule } from './fs.mjs';
import { caught } from './operators.mjs';
import { ubusModule } from './ubus-module.mjs';
import { uciModule } from './uci-module.mjs';
import { Refusal, UcodeError, isObject, keysOf, own, toPlain, toUcode } from './values.mjs';
import { SourceError, Vm, provide } from './vm.mjs';

export { UbusStatus, setProviders } from './ubus-module.mjs';

provide('fs', fsModule);
provide('uci', uciModule);
provide('ubus', ubusModule);

/** @param {ConstructorParameters<typeof Vm>[0]} [options] */
export function createVm(options) {
	return new Vm(options);
}

/** An uncaught error as ucode prints it, and ucode's exit code. */
export function describe(error, vm) {
	let exception;

	try {
		exception = caught(error, vm);
	}
	catch {
		if (error instanceof SourceError)
			return { text: `${error.message}\n`, code: 1 };

		// a refusal, or a fault of this runner
		return { text: `${error instanceof Refusal ? error.message : error?.stack ?? error}\n`, code: 253 };
	}

	const { type, message, stacktrace } = exception;

	if (type === 'Syntax error' && !stacktrace.length)
		return { text: `${type}: ${message}\n`, code: 255 };

	return {
		text: `${type === 'Error' ? '' : `${type}: `}${message}\n${stacktrace[0]?.context ? `${stacktrace[0].context}\n` : ''}\n`,
		code: 254
	};
}

/**
 * Loads an rpcd plugin: runs the script and hands out the objects it returns.
 * A method is called with plain JSON arguments and answers with plain JSON;
 * what it throws is left to the caller, see describe().
 *
 * @param {string} file
 * @param {ConstructorParameters<typeof Vm>[0]} [options]
 * @returns {{ vm: Vm, objects: Record<string, Record<string, { args: Record<string, unknown>, call(request: { args: object, info?: object }): unknown }>> }}
 */
export function load(file, options) {
	const vm = createVm(options);
	const returned = vm.run(file);
	const objects = {};

	if (!isObject(returned))
		throw new UcodeError('Runtime error', `${file} returns no object`);

	for (const name of keysOf(returned)) {
		objects[name] = {};

		for (const method of keysOf(own(returned, name))) {
			const declared = own(own(returned, name), method);
			const f = isObject(declared) ? own(declared, 'call') : null;

			if (typeof f !== 'function')
				continue;

			objects[name][method] = {
				args: toPlain(own(declared, 'args') ?? null) ?? {},
				call: (request) => toPlain(f.call(declared, toUcode(request)))
			};
		}
	}

	return { vm, objects };
}
