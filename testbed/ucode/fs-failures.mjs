// SPDX-License-Identifier: Apache-2.0
/** How functions of the module `fs` fail: with null, and the reason kept for error(). */
import { strerror } from './errno.mjs';

/** A function of `fs` that cannot do what it is asked: `code` is of errno, such as EINVAL. */
export class Failure extends Error {
	constructor(code) {
		super(code);
		this.code = code;
	}
}

/** Throws unless all are strings. */
export function need(...values) {
	if (values.some((v) => typeof v !== 'string'))
		throw new Failure('EINVAL');
}

/** What the functions of one module share: the reason of the last failure. */
export class Failures {
	#last = null;

	/** A function whose Node errors become null and error(). */
	guarded(f) {
		const remember = (code) => { this.#last = code; };

		return function (...args) {
			try {
				return f.apply(this, args);
			}
			catch (e) {
				if (typeof e.code !== 'string' || !/^E[A-Z0-9]+$/.test(e.code))
					throw e;

				remember(e.code);

				return null;
			}
		};
	}

	guardAll(functions) {
		return Object.fromEntries(Object.entries(functions).map(([ name, f ]) => [ name, this.guarded(f) ]));
	}

	/** Words for the last failure, once; null when there was none. */
	error() {
		const words = this.#last && strerror(this.#last);

		this.#last = null;

		return words;
	}
}
