// SPDX-License-Identifier: Apache-2.0
import { REPOSITORY } from '../../host/repository.js';
import { run } from '../../host/run.js';

/** For sources that are not in git, as in an archive of them: 2026-01-01. */
const WITHOUT_GIT = 1767225600;

/**
 * The time that every packed file gets, seconds since 1970: SOURCE_DATE_EPOCH
 * (reproducible-builds.org), or the last commit's.
 */
export async function sourceDate(): Promise<number> {
	const given = process.env.SOURCE_DATE_EPOCH;
	if (given) {
		if (!/^\d+$/.test(given))
			throw new Error(`SOURCE_DATE_EPOCH is "${given}", not seconds since 1970`);
		return Number(given);
	}
	const commit = await run('git', ['-C', REPOSITORY, 'log', '-1', '--format=%ct']).catch(() => null);
	return commit ? Number(commit.toString()) : WITHOUT_GIT;
}
