// SPDX-License-Identifier: Apache-2.0
import { Double, format, parse, pick, typeOf } from '../lib/blob.mjs';
import { STATUS, STATUS_TEXT } from '../lib/status.mjs';

const PREFIX = '/ubus';
const MAX_POST = 65536;
/** uhttpd's script_timeout, ms; OpenWrt's default */
const TIMEOUT = 60000;
const ANONYMOUS = '0'.repeat(32);

const ERRORS = {
	PARSE: [-32700, 'Parse error'],
	METHOD: [-32601, 'Method not found'],
	PARAMS: [-32602, 'Invalid parameters'],
	INTERNAL: [-32603, 'Internal error'],
	OBJECT: [-32000, 'Object not found'],
	ACCESS: [-32002, 'Access denied'],
	TIMEOUT: [-32003, 'ubus request timed out'],
};

const HTTP_TYPES = { Boolean: 'boolean', Integer: 'number', String: 'string', Array: 'array', Table: 'object' };

function answer(request, member) {
	return { jsonrpc: '2.0', id: request?.id ?? null, ...member };
}

function failure(request, [code, message]) {
	return answer(request, { error: { code, message } });
}

/** A table as uhttpd's `list` shows a signature. */
function signature(methods) {
	return Object.fromEntries(Object.entries(methods).map(([name, args]) =>
		[name, Object.fromEntries(Object.entries(args).map(([arg, type]) => [arg, HTTP_TYPES[type] ?? 'unknown']))]));
}

/**
 * uhttpd-mod-ubus: JSON-RPC 2.0 on /ubus, single and batched, plus /ubus/list and /ubus/call/<object>.
 * Events (/ubus/subscribe) are not there.
 */
export class UbusHandler {
	/** @param {() => Promise<import('../lib/bus.mjs').Bus>} bus */
	constructor(bus) {
		this.bus = bus;
	}

	/** @param {string} path */
	matches(path) {
		return path === PREFIX || path.startsWith(`${PREFIX}/`);
	}

	/** rpcd decides; without rpcd nobody may do anything. */
	async allowed(bus, session, object, method) {
		const { data } = await bus.call('session', 'access', { ubus_rpc_session: session, object, 'function': method }, TIMEOUT / 2);

		return data?.access === true;
	}

	async invoke(request, session, object, method, args, legacy) {
		const bus = await this.bus();

		if (!(await bus.lookup(object)).length)
			return failure(request, ERRORS.OBJECT);

		if (!await this.allowed(bus, session, object, method))
			return failure(request, ERRORS.ACCESS);

		if (Object.hasOwn(args, 'ubus_rpc_session'))
			return failure(request, ERRORS.PARAMS);

		const { status, data } = await bus.call(object, method, { ...args, ubus_rpc_session: session }, TIMEOUT);

		if (status === STATUS.TIMEOUT)
			return failure(request, ERRORS.TIMEOUT);

		const table = data && Object.keys(data).length ? data : null;

		if (legacy)
			return answer(request, { result: table ? [status, table] : [status] });

		return status
			? failure(request, [status, STATUS_TEXT[status] ?? 'Unknown error'])
			: answer(request, { result: table });
	}

	/** One JSON-RPC request of the classic form: `call` and `list` as methods. */
	async legacy(request) {
		if (typeOf(request) !== 'Table')
			return failure(null, ERRORS.PARSE);

		const { jsonrpc, method } = pick({ jsonrpc: 'String', method: 'String' }, request);

		if (jsonrpc !== '2.0' || method === undefined)
			return failure(request, ERRORS.PARSE);

		if (method === 'list')
			return answer(request, { result: await this.list(request.params) });

		if (method !== 'call')
			return failure(request, ERRORS.METHOD);

		const [session, object, name, args] = Array.isArray(request.params) ? request.params : [];

		if (typeof session !== 'string' || typeof object !== 'string' || typeof name !== 'string' || typeOf(args) !== 'Table')
			return failure(request, ERRORS.PARSE);

		return this.invoke(request, session, object, name, args, true);
	}

	async list(params) {
		const bus = await this.bus();

		if (!Array.isArray(params))
			return (await bus.lookup('')).map(({ path }) => path);

		const found = await Promise.all(params.filter(name => typeof name === 'string').map(name => bus.lookup(name)));

		return Object.fromEntries(found.flat().map(({ path, methods }) => [path, signature(methods)]));
	}

	/**
	 * @param {import('node:http').IncomingMessage} request
	 * @param {import('node:http').ServerResponse} response
	 * @param {string} path
	 */
	async handle(request, response, path) {
		const send = (value, code = 200) => {
			response.writeHead(code, { 'Content-Type': 'application/json' });
			response.end(format(value));
		};
		const rest = path.slice(PREFIX.length);

		if (request.method === 'OPTIONS') {
			response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 0 }).end();
			return;
		}

		if (request.method === 'GET' && (rest === '/list' || rest.startsWith('/list/'))) {
			const bus = await this.bus();
			const name = rest.slice('/list/'.length);
			const objects = await bus.lookup(name);

			if (!objects.length)
				send({ code: STATUS.NOT_FOUND, message: STATUS_TEXT[STATUS.NOT_FOUND] }, 500);
			else
				send(name ? signature(objects[0].methods) : Object.fromEntries(objects.map(({ path: object, methods }) => [object, signature(methods)])));

			return;
		}

		if (request.method !== 'POST') {
			response.writeHead(request.method === 'GET' ? 404 : 400).end();
			return;
		}

		let text = '', length = 0;

		request.setEncoding('utf8');

		for await (const chunk of request) {
			length += Buffer.byteLength(chunk);

			if (length > MAX_POST) {
				response.shouldKeepAlive = false;
				send(failure(null, ERRORS.PARSE));
				return;
			}

			text += chunk;
		}

		let message = null;

		try { message = parse(text); }
		catch { /* answered as a parse error */ }

		if (rest === '' || rest === '/') {
			if (!Array.isArray(message)) {
				send(await this.legacy(message));
				return;
			}

			/* one after the other, as uhttpd does */
			const replies = [];

			for (const item of message)
				replies.push(await this.legacy(item));

			send(replies);
			return;
		}

		if (!rest.startsWith('/call/')) {
			response.writeHead(404).end();
			return;
		}

		const bearer = /^bearer (.*)$/i.exec(request.headers.authorization ?? '')?.[1] ?? ANONYMOUS;
		const { jsonrpc, method } = pick({ jsonrpc: 'String', method: 'String' }, message);

		if (typeOf(message) !== 'Table' || jsonrpc !== '2.0' || method === undefined)
			send(failure(message instanceof Double ? null : message, ERRORS.PARSE));
		else
			send(await this.invoke(message, bearer, rest.slice('/call/'.length), method, typeOf(message.params) === 'Table' ? message.params : {}, false));
	}
}
