// SPDX-License-Identifier: Apache-2.0
import { Base } from './class.mjs';

/** LuCI's poll class: one tick a second; an entry is not called again before its promise settled. */
export const poll = Base.singleton({
	queue: [],
	timer: null,
	tick: null,
	interval: 5,

	add(fn, interval) {
		if (!(interval > 0))
			interval = this.interval;

		if (typeof fn !== 'function')
			throw new TypeError('Invalid argument to LuCI.poll.add()');

		if (this.queue.some(entry => entry.fn === fn))
			return false;

		this.queue.push({ fn, interval: interval >>> 0, ready: true });

		if (this.tick !== null && !this.active())
			this.start();

		return true;
	},

	remove(fn) {
		if (typeof fn !== 'function')
			throw new TypeError('Invalid argument to LuCI.poll.remove()');

		const before = this.queue.length;

		this.queue = this.queue.filter(entry => entry.fn !== fn);

		if (!this.queue.length && this.stop())
			this.tick = 0;

		return this.queue.length !== before;
	},

	start() {
		if (this.active())
			return false;

		this.tick = 0;

		if (this.queue.length) {
			this.timer = setInterval(() => this.step(), 1000);
			this.step();
			document.dispatchEvent(new CustomEvent('poll-start'));
		}

		return true;
	},

	stop() {
		if (!this.active())
			return false;

		document.dispatchEvent(new CustomEvent('poll-stop'));
		clearInterval(this.timer);
		this.timer = this.tick = null;
		return true;
	},

	step() {
		for (const entry of this.queue) {
			if (this.tick % entry.interval !== 0 || !entry.ready)
				continue;

			entry.ready = false;
			Promise.resolve(entry.fn()).finally(() => { entry.ready = true; });
		}

		this.tick++;
	},

	active() {
		return this.timer !== null;
	},
});
