// SPDX-License-Identifier: Apache-2.0
/** Where things are on the machine that this repository is checked out on. */

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root directory. */
export const REPOSITORY = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

/** Where artefacts are kept; not in git. */
export const CACHE = join(REPOSITORY, '.cache');
