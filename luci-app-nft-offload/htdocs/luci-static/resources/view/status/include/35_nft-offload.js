'use strict';
'require baseclass';
/* SPDX-License-Identifier: Apache-2.0 AND MIT; built. The parts in nft-offload/ contain Preact, copyright (c) 2015-present Jason Miller, MIT licence. */
const e={};function n(o){return e[o]??(e[o]=fetch(L.resource("nft-offload",o)).then(e=>{if(!e.ok||!e.body)throw new Error(`${o}: ${e.status}`);if("undefined"==typeof DecompressionStream)throw new Error(_("This page needs a newer browser."));return new window.Response(e.body.pipeThrough(new DecompressionStream("gzip"))).text()}).then(e=>Function("unpack",e)(n)).catch(n=>{throw delete e[o],n}))}return baseclass.extend({title:_("Flow Offloading"),load:()=>n("more-6ff96ac3.pack").then(({look:e})=>e()).catch(()=>null),render:e=>e});
