// SPDX-License-Identifier: Apache-2.0
import { createHash, createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { pack } from '../../tools/package/build';
import { writeFeed } from '../../tools/package/feed';
import { apkKey, keysIn, makeUsignSecret, SECRETS, usignKey } from '../../tools/package/keys';
import { readAdb } from './adb-reader';
import { demo, EPOCH, others } from './demo';

const scratch = mkdtempSync(join(tmpdir(), 'nft-offload-feed-'));
afterAll(() => { rmSync(scratch, { recursive: true }); });

const KEYS = join(scratch, 'keys'), FEED = join(scratch, 'feed');
const built = await pack([demo, ...others], EPOCH);
const made = await writeFeed(FEED, KEYS, built);
const file = (name: string): Buffer => readFileSync(join(FEED, name));

function contentOf(directory: string): Record<string, string> {
	return Object.fromEntries(readdirSync(directory).sort().map((name) => [name, readFileSync(join(directory, name)).toString('base64')]));
}

describe('a feed', () => {
	it('lists every .ipk with its size and checksum', () => {
		const paragraphs = file('Packages').toString().trimEnd().split('\n\n');
		expect(paragraphs).toHaveLength(built.length);
		for (const paragraph of paragraphs) {
			const [, name = ''] = /^Filename: (.*)$/m.exec(paragraph)!;
			expect(paragraph).toContain(`\nSize: ${file(name).length}\n`);
			expect(paragraph).toContain(`\nSHA256sum: ${createHash('sha256').update(file(name)).digest('hex')}\n`);
		}
		expect(gunzipSync(file('Packages.gz'))).toEqual(file('Packages'));
	});

	it('lists every .apk with its size and the hash of its database', () => {
		const { packages } = readAdb(file('packages.adb')).dump as { packages: Record<string, unknown>[] };
		expect(packages.map(({ name }) => name)).toEqual(built.map(({ package: { name } }) => name).sort());
		for (const { name, version, 'file-size': size, hashes } of packages) {
			const apk = file(`${String(name)}-${String(version)}.apk`);
			expect(size).toBe(apk.length);
			expect(hashes).toBe(createHash('sha256').update(readAdb(apk).database).digest('hex'));
		}
	});

	it('is signed for opkg by the key beside it', () => {
		const [comment, line = ''] = file('Packages.sig').toString().split('\n');
		const [, key = ''] = file('nft-offload.pub').toString().split('\n');
		const signature = Buffer.from(line, 'base64'), raw = Buffer.from(key, 'base64');
		const fingerprint = raw.subarray(2, 10);
		expect(comment).toBe(`untrusted comment: signed by key ${fingerprint.toString('hex')}`);
		expect(signature.subarray(0, 10)).toEqual(Buffer.concat([Buffer.from('Ed'), fingerprint]));
		const publicKey = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: raw.subarray(10).toString('base64url') } });
		expect(verify(null, file('Packages'), publicKey, signature.subarray(10))).toBe(true);
	});

	it('is signed for apk by the key beside it', () => {
		const { schema, database, signatures: [block] } = readAdb(file('packages.adb'));
		const key = createPublicKey(file('nft-offload.pem'));
		const { x = '', y = '' } = key.export({ format: 'jwk' });
		const point = Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
		const head = block!.subarray(0, 18);
		expect(head.subarray(2)).toEqual(createHash('sha512').update(point).digest().subarray(0, 16));
		const message = Buffer.concat([Buffer.from(schema), head, createHash('sha512').update(database).digest()]);
		expect(verify('sha512', message, key, block!.subarray(18))).toBe(true);
	});

	it('is the same bytes a second time', async () => {
		const again = join(scratch, 'again');
		await writeFeed(again, KEYS, await pack([demo, ...others], EPOCH));
		expect(contentOf(again)).toEqual(contentOf(FEED));
	});

	it('holds nothing of a feed before, and no secret', async () => {
		const reused = join(scratch, 'reused');
		cpSync(FEED, reused, { recursive: true });
		writeFileSync(join(reused, 'luci-app-demo_1.2.2-r1_all.ipk'), 'old');
		await writeFeed(reused, KEYS, built);
		expect(readdirSync(reused).sort()).toEqual(readdirSync(FEED).sort());

		const secrets = Object.values(SECRETS).map((name) => readFileSync(join(KEYS, name), 'utf8').split('\n')[1]!);
		for (const name of readdirSync(FEED))
			for (const secret of secrets)
				expect(file(name).includes(secret)).toBe(false);
	});
});

describe('keys', () => {
	it('are made once, for their owner\'s eyes', () => {
		expect(made).toEqual(Object.values(SECRETS).map((name) => join(KEYS, name)));
		for (const path of made)
			expect(statSync(path).mode & 0o777).toBe(0o600);
		expect(keysIn(KEYS).made).toEqual([]);
	});

	it('may be given: one of them is kept, the other made', async () => {
		const mine = makeUsignSecret(), keys = mkdtempSync(join(scratch, 'keys-'));
		writeFileSync(join(keys, SECRETS.usign), mine);
		const feed = join(scratch, 'mine');
		expect(await writeFeed(feed, keys, built)).toEqual([join(keys, SECRETS.apk)]);
		expect(readFileSync(join(feed, 'Packages.sig'), 'utf8')).toContain(usignKey(mine).fingerprint);
	});

	it('of another kind are refused', () => {
		expect(() => usignKey('untrusted comment: x\nRWQ=\n')).toThrow('not a secret key of usign');
		const secret = Buffer.from(makeUsignSecret().split('\n')[1]!, 'base64');
		secret.writeUInt32BE(42, 4);
		expect(() => usignKey(`untrusted comment: x\n${secret.toString('base64')}\n`)).toThrow('password');
		for (const { privateKey } of [generateKeyPairSync('ec', { namedCurve: 'secp384r1' }), generateKeyPairSync('ed25519')])
			expect(() => apkKey(privateKey.export({ format: 'pem', type: 'pkcs8' }).toString())).toThrow('prime256v1');
	});
});
