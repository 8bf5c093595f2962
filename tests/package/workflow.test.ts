// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RELEASES } from '../../testbed/image/release';
import { REPOSITORY } from '../../host/repository';
import { PUBLIC } from '../../tools/package/feed';
import { SECRETS } from '../../tools/package/keys';

const workflow = readFileSync(join(REPOSITORY, '.github/workflows/build.yml'), 'utf8');

describe('the forge\'s workflow', () => {
	it('does what make does, target by target', () => {
		const targets = [...workflow.matchAll(/\brun: make ([a-z0-9]+)(.*)$/gm)].map(([, target = '', rest = '']) => [target, rest.includes('OPENWRT')]);
		expect(targets.map(([target]) => target)).toEqual(['check', 'package', 'sdk', 'e2e', 'feed']);
		for (const [target, release] of targets)
			expect(spawnSync('make', ['-n', '-C', REPOSITORY, String(target), ...release ? ['OPENWRT=24.10'] : []], { encoding: 'utf8', env: { PATH: process.env.PATH } }), String(target)).toMatchObject({ status: 0 });
	});

	it('builds with the releases whose checksums are pinned', () => {
		const pinned = [...new Set(Object.keys(RELEASES).map((release) => release.split('.').slice(0, 2).join('.')))].sort();
		for (const [, list = ''] of workflow.matchAll(/openwrt: \[(.*)\]/g))
			expect(list.match(/\d+\.\d+/g)).toEqual(pinned);
	});

	it('puts the keys where the feed looks for them, and publishes their public halves', () => {
		for (const name of Object.values(SECRETS))
			expect(workflow).toContain(`> keys/${name}\n`);
		for (const name of Object.values(PUBLIC))
			expect(workflow).toContain(`dist/feed/${name}\n`);
	});
});
