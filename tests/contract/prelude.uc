// SPDX-License-Identifier: Apache-2.0
// What each script here begins with: the mocked router, the backend's modules, and a reply as a line.
import { files, links, log, uci, state as router } from 'mock';
import { fw4 } from 'firewall4';
import * as decisions from 'nft_offload.change.decision';
import * as state from 'nft_offload.run.state';
import * as transaction from 'nft_offload.change.transaction';
import * as lease from 'nft_offload.watch.lease';
import * as watch from 'nft_offload.watch.sampler';

let object = loadfile(getenv('PLUGIN'))()['luci.nft-offload'];

function say(method, args) {
	printf('%J\n', [ method, object[method].call({ args }) ]);
}
