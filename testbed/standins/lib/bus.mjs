// SPDX-License-Identifier: Apache-2.0
import { connect } from 'node:net';
import { lines } from './lines.mjs';
import { STATUS } from './status.mjs';

/**
 * @typedef {object} Reply
 * @property {number} status ubus status
 * @property {any} [data] reply table; absent when there was none
 */

/**
 * @typedef {object} Method
 * @property {Record<string, string>} args name → type, as of typeOf()
 * @property {(args: any) => Reply | Promise<Reply>} call
 */

/** A connection to the bus. */
export class Bus {
	/** @param {import('node:net').Socket} socket */
	constructor(socket) {
		this.socket = socket;
		this.seq = 0;
		/** @type {Map<number, (message: any) => void>} */
		this.pending = new Map();
		/** @type {Map<string, Record<string, Method>>} */
		this.objects = new Map();
		this.send = lines(socket, message => message.type === 'call' ? this.serve(message) : this.pending.get(message.seq)?.(message));
		socket.on('error', () => socket.destroy());
		socket.on('close', () => {
			for (const settle of [...this.pending.values()])
				settle({ status: STATUS.CONNECTION_FAILED });
		});
	}

	/**
	 * @param {string} path of the unix socket
	 * @returns {Promise<Bus>}
	 */
	static open(path) {
		return new Promise((resolve, reject) => {
			const socket = connect(path, () => {
				socket.off('error', reject);
				resolve(new Bus(socket));
			});

			socket.once('error', reject);
		});
	}

	close() {
		this.socket.destroy();
	}

	/** @private */
	async serve({ seq, path, method, args }) {
		const handler = this.objects.get(path)?.[method];
		let reply;

		try { reply = handler ? await handler.call(args) : { status: STATUS.METHOD_NOT_FOUND }; }
		catch (error) {
			process.stderr.write(`${path} ${method}: ${error.stack}\n`);
			reply = { status: STATUS.UNKNOWN_ERROR };
		}

		this.send({ type: 'reply', seq, ...reply });
	}

	/**
	 * @private
	 * @param {object} message
	 * @param {number} timeout ms
	 * @returns {Promise<Reply>}
	 */
	request(message, timeout) {
		const seq = ++this.seq;

		if (this.socket.destroyed)
			return Promise.resolve({ status: STATUS.CONNECTION_FAILED });

		return new Promise(resolve => {
			const timer = setTimeout(() => settle({ status: STATUS.TIMEOUT }), timeout);
			const settle = ({ status, data }) => {
				clearTimeout(timer);
				this.pending.delete(seq);
				resolve({ status, data });
			};

			this.pending.set(seq, settle);
			this.send({ ...message, seq });
		});
	}

	/**
	 * Publishes an object.
	 * @param {string} path
	 * @param {Record<string, Method>} methods
	 * @returns {Promise<Reply>}
	 */
	add(path, methods) {
		this.objects.set(path, methods);

		return this.request({
			type: 'add', path,
			methods: Object.fromEntries(Object.entries(methods).map(([name, method]) => [name, method.args])),
		}, 30000);
	}

	/**
	 * @param {string} pattern a path, a prefix with `*`, or '' for all
	 * @returns {Promise<{ path: string, id: number, methods: Record<string, Record<string, string>> }[]>}
	 */
	async lookup(pattern) {
		return (await this.request({ type: 'lookup', pattern }, 30000)).data ?? [];
	}

	/**
	 * @param {string} path
	 * @param {string} method
	 * @param {object} args
	 * @param {number} [timeout] ms
	 * @returns {Promise<Reply>}
	 */
	call(path, method, args, timeout = 30000) {
		return this.request({ type: 'call', path, method, args }, timeout);
	}
}
