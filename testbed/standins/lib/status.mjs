// SPDX-License-Identifier: Apache-2.0
/** ubus status codes and their words, by number (ubus_strerror()). */
export const STATUS_TEXT = [
	'Success', 'Invalid command', 'Invalid argument', 'Method not found', 'Not found', 'No response',
	'Permission denied', 'Request timed out', 'Operation not supported', 'Unknown error',
	'Connection failed', 'Out of memory', 'Parsing message data failed', 'System error',
];

export const STATUS = {
	OK: 0,
	INVALID_COMMAND: 1,
	INVALID_ARGUMENT: 2,
	METHOD_NOT_FOUND: 3,
	NOT_FOUND: 4,
	NO_DATA: 5,
	PERMISSION_DENIED: 6,
	TIMEOUT: 7,
	NOT_SUPPORTED: 8,
	UNKNOWN_ERROR: 9,
	CONNECTION_FAILED: 10,
};
