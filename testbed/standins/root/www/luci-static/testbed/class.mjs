// SPDX-License-Identifier: Apache-2.0
/**
 * LuCI's baseclass: `extend()` makes a constructor whose prototype carries the given
 * properties, `__init__()` is its constructor body, `super()` calls the parent's method.
 */
export class Base {
	/**
	 * @param {Record<string, unknown>} properties
	 * @returns {typeof Base}
	 */
	static extend(properties) {
		/* a plain function: what __init__() returns must not become what `new` gives */
		const Child = function (...parameters) {
			if (!(this instanceof Child))
				throw new TypeError('Constructor must not be called without "new"');

			this.__init__?.apply(this, parameters);
		};

		Object.setPrototypeOf(Child, this);
		Child.prototype = Object.create(this.prototype, { constructor: { value: Child } });

		for (const [key, value] of Object.entries(properties))
			Object.defineProperty(Child.prototype, key, { value, writable: true });

		return /** @type {any} */ (Child);
	}

	/**
	 * @param {Record<string, unknown>} properties
	 * @param {...unknown} parameters of the constructor
	 * @returns {Base} an instance of the extended class
	 */
	static singleton(properties, ...parameters) {
		return new (this.extend(properties))(...parameters);
	}

	/** @param {unknown} value */
	static isSubclass(value) {
		return typeof value === 'function' && value.prototype instanceof this;
	}

	/** Calls the method of the class above the one that defines `name`. */
	super(name, parameters = []) {
		let owner = Object.getPrototypeOf(this);

		while (owner && !Object.hasOwn(owner, name))
			owner = Object.getPrototypeOf(owner);

		const method = owner && Object.getPrototypeOf(owner)?.[name];

		return typeof method === 'function' ? method.apply(this, parameters) : null;
	}

	toString() {
		return '[object LuCI.baseclass]';
	}
}
