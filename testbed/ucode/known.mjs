// SPDX-License-Identifier: Apache-2.0
/** Recalls the router's programs, which image/bundle.ts has rewritten. */
import known from 'known';
import { recall } from './rewritten.mjs';

known.forEach(recall);
