// SPDX-License-Identifier: Apache-2.0
/**
 * A feed's two key pairs: usign's for opkg (Ed25519) and apk's (ECDSA on
 * prime256v1). Both sign the same way each time, so that a feed can be
 * reproduced; Node's own ECDSA cannot.
 */

import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { p256 } from '@noble/curves/nist.js';
import type { Signer } from './adb.js';

/** The names of the secret halves in a directory of keys. */
export const SECRETS = { usign: 'usign.sec', apk: 'apk.sec.pem' } as const;

export interface UsignKey {
	/** 16 hex digits: the public key's file name in /etc/opkg/keys. */
	fingerprint: string;
	/** The file that opkg-key adds. */
	public: string;
	/** The text of a .sig file for `message`. */
	signature: (message: Buffer) => string;
}

export interface ApkKey extends Signer {
	/** PEM, for /etc/apk/keys. */
	public: string;
}

// usign.c: struct seckey, pubkey and sig
const ALGORITHM = Buffer.from('Ed'), KDF = Buffer.from('BK');
const FINGERPRINT_AT = 32, SEED_AT = 40, SECRET_LENGTH = 104, SEED_LENGTH = 32;

/** Before an Ed25519 seed in PKCS #8 (RFC 8410). */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

function usignFile(comment: string, fingerprint: Buffer, data: Buffer): string {
	return `untrusted comment: ${comment} ${fingerprint.toString('hex')}\n${data.toString('base64')}\n`;
}

function rawPublic(key: KeyObject): Buffer {
	return Buffer.from(createPublicKey(key).export({ format: 'jwk' }).x!, 'base64url');
}

function ed25519(seed: Buffer): KeyObject {
	return createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, seed]), format: 'der', type: 'pkcs8' });
}

/** The text of a new secret key file of usign. */
export function makeUsignSecret(): string {
	const fingerprint = randomBytes(8), seed = randomBytes(SEED_LENGTH);
	const secret = Buffer.concat([seed, rawPublic(ed25519(seed))]);
	const checksum = createHash('sha512').update(secret).digest().subarray(0, 8);
	// no rounds of a key derivation: not protected by a password, as usign has it
	return usignFile('private key', fingerprint, Buffer.concat([ALGORITHM, KDF, Buffer.alloc(4), randomBytes(16), checksum, fingerprint, secret]));
}

/** @throws Error when `text` is not a secret key file of usign */
export function usignKey(text: string): UsignKey {
	const data = Buffer.from(text.split('\n')[1] ?? '', 'base64');
	if (data.length !== SECRET_LENGTH || !data.subarray(0, 2).equals(ALGORITHM))
		throw new Error('not a secret key of usign');
	if (data.readUInt32BE(4) !== 0)
		throw new Error('the secret key is protected by a password');

	const fingerprint = data.subarray(FINGERPRINT_AT, SEED_AT);
	const key = ed25519(data.subarray(SEED_AT, SEED_AT + SEED_LENGTH));
	return {
		fingerprint: fingerprint.toString('hex'),
		public: usignFile('public key', fingerprint, Buffer.concat([ALGORITHM, fingerprint, rawPublic(key)])),
		signature: (message) => usignFile('signed by key', fingerprint, Buffer.concat([ALGORITHM, fingerprint, sign(null, message, key)])),
	};
}

/** The PEM of a new secret key for apk. */
export function makeApkSecret(): string {
	const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
	return privateKey.export({ format: 'pem', type: 'sec1' }).toString();
}

/** @throws Error when `pem` is not an EC key on prime256v1 */
export function apkKey(pem: string): ApkKey {
	const key = createPrivateKey(pem);
	if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1')
		throw new Error('not an EC key on the curve prime256v1');

	const secret = Buffer.from(key.export({ format: 'jwk' }).d!, 'base64url');
	const point = p256.getPublicKey(secret, false);
	return {
		public: createPublicKey(key).export({ format: 'pem', type: 'spki' }).toString(),
		id: createHash('sha512').update(point).digest().subarray(0, 16),
		// the curve takes the digest's first 256 bits
		sign: (message) => Buffer.from(p256.sign(createHash('sha512').update(message).digest().subarray(0, 32), secret,
			{ prehash: false, lowS: false, format: 'der' })),
	};
}

/** The keys in `directory`; those that are missing are made there, readable by their owner alone. */
export function keysIn(directory: string): { usign: UsignKey; apk: ApkKey; made: string[] } {
	const made: string[] = [];
	const secret = (name: string, make: () => string): string => {
		const path = join(directory, name);
		if (!existsSync(path)) {
			mkdirSync(directory, { recursive: true });
			writeFileSync(path, make(), { mode: 0o600, flag: 'wx' });
			chmodSync(path, 0o600);
			made.push(path);
		}
		return readFileSync(path, 'utf8');
	};
	return { usign: usignKey(secret(SECRETS.usign, makeUsignSecret)), apk: apkKey(secret(SECRETS.apk, makeApkSecret)), made };
}
