'use strict';
'require view';
/* SPDX-License-Identifier: Apache-2.0 AND MIT; built. The parts in nft-offload/ contain Preact, copyright (c) 2015-present Jason Miller, MIT licence. */
const e={};function n(r){return e[r]??(e[r]=fetch(L.resource("nft-offload",r)).then(e=>{if(!e.ok||!e.body)throw new Error(`${r}: ${e.status}`);if("undefined"==typeof DecompressionStream)throw new Error(_("This page needs a newer browser."));return new window.Response(e.body.pipeThrough(new DecompressionStream("gzip"))).text()}).then(e=>Function("unpack",e)(n)).catch(n=>{throw delete e[r],n}))}return view.extend({load:()=>n("page-baff59af.pack").then(e=>e.O),render:({mount:e})=>e(),handleSaveApply:null,handleSave:null,handleReset:null});
