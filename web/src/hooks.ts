// SPDX-License-Identifier: Apache-2.0
/**
 * The hooks that this page uses, in a third of the bytes of preact/hooks and on
 * Preact's public interface only. A component that uses one is made by hooked().
 * Effects run right after the DOM has changed.
 */
import type { ComponentChild, ComponentClass, RefObject } from 'preact';
import { Component } from 'preact';

type Dependencies = readonly unknown[];

interface Slot {
	value?: unknown;
	set?: (value: unknown) => void;
	dependencies?: Dependencies;
	/** An effect that is still to run, and what undoes the last one. */
	run?: (() => (() => void) | undefined | void) | undefined;
	undo?: (() => void) | undefined | void;
}

interface Owner {
	slots: Slot[];
	setState(state: object): void;
}

let owner: Owner;
let next = 0;

const slot = (): Slot => owner.slots[next++] ??= {};

/** Lets a function component use hooks. */
export function hooked<P>(view: (props: P) => ComponentChild): ComponentClass<P> {
	class Hooked extends Component<P> {
		declare slots: Slot[];

		constructor(props: P) {
			super(props);
			this.slots = [];
		}

		override render(): ComponentChild {
			/* eslint-disable-next-line @typescript-eslint/no-this-alias -- whose hooks are called until it returns */
			owner = this;
			next = 0;
			return view(this.props);
		}

		override componentDidMount(): void {
			for (const one of this.slots) {
				const { run } = one;
				if (run) {
					one.run = undefined;
					one.undo?.();
					one.undo = run();
				}
			}
		}

		override componentDidUpdate(): void {
			this.componentDidMount();
		}

		override componentWillUnmount(): void {
			for (const { undo } of this.slots)
				undo?.();
		}
	}
	return Hooked;
}

/** Whether what a value depends on has changed since it was made. */
function changed(one: Slot, dependencies: Dependencies): boolean {
	const before = one.dependencies;
	one.dependencies = dependencies;
	return !before || dependencies.some((dependency, index) => dependency !== before[index]);
}

/** A value that redraws the component when it is set, directly or by a function of the one before. */
export function useState<S>(initial: S): [S, (value: S | ((before: S) => S)) => void] {
	const me = owner;
	const one = slot();
	if (!one.set) {
		one.value = initial;
		one.set = (value) => {
			const after: unknown = typeof value === 'function' ? (value as (before: unknown) => unknown)(one.value) : value;
			if (after !== one.value) {
				one.value = after;
				me.setState({});
			}
		};
	}
	return [one.value as S, one.set];
}

/** Runs after the first drawing, and after those where a dependency has changed; what it returns undoes it. */
export function useEffect(run: () => (() => void) | undefined | void, dependencies: Dependencies): void {
	const one = slot();
	if (changed(one, dependencies))
		one.run = run;
}

/** A value that is made anew where a dependency has changed. */
export function useMemo<T>(make: () => T, dependencies: Dependencies): T {
	const one = slot();
	if (changed(one, dependencies))
		one.value = make();
	return one.value as T;
}

/** A box that stays the same. */
export function useRef<T>(initial: T): { current: T };
export function useRef<T>(initial: T | null): RefObject<T>;
export function useRef<T>(initial: T): { current: T } {
	return useMemo(() => ({ current: initial }), []);
}
