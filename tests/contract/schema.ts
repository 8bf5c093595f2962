// SPDX-License-Identifier: Apache-2.0
/** The types of web/src/contract.ts as a schema that replies are held against. */
import { join } from 'node:path';
import { Ajv, type AnySchemaObject, type ValidateFunction } from 'ajv';
import { createGenerator } from 'ts-json-schema-generator';
import type { Methods } from '../../web/src/contract';

const ROOT = join(import.meta.dirname, '../..');

const schema = createGenerator({
	path: join(ROOT, 'web/src/contract.ts'), tsconfig: join(ROOT, 'tsconfig.json'),
	type: '*', additionalProperties: false, skipTypeCheck: true,
}).createSchema('*');

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });

ajv.addSchema(schema as AnySchemaObject, 'contract');

function validator(method: keyof Methods): ValidateFunction {
	return ajv.compile({
		type: 'object', required: ['value'], additionalProperties: false,
		properties: { value: { $ref: `contract#/definitions/Methods/properties/${method}/properties/reply` } },
	});
}

const validators: Partial<Record<keyof Methods, ValidateFunction>> = {};

/** What is wrong with a method's reply, in words; null when the contract has it. */
export function problems(method: keyof Methods, reply: unknown): string | null {
	const valid = (validators[method] ??= validator(method));

	return valid({ value: reply }) ? null : `${JSON.stringify(reply).slice(0, 400)}: ${ajv.errorsText(valid.errors)}`;
}
