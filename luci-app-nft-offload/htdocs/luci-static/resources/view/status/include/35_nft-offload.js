'use strict';
'require baseclass';
/* SPDX-License-Identifier: Apache-2.0 AND MIT; built. The parts in nft-offload/ contain Preact, copyright (c) 2015-present Jason Miller, MIT licence. */
const e={};function r(n){return e[n]??(e[n]=fetch(L.resource("nft-offload",n)).then(e=>{if(!e.ok||!e.body)throw new Error(`${n}: ${e.status}`);if("undefined"==typeof DecompressionStream)throw new Error(_("This page needs a newer browser."));return new window.Response(e.body.pipeThrough(new DecompressionStream("gzip"))).text()}).then(e=>Function("unpack",e)(r)).catch(r=>{throw delete e[n],r}))}return baseclass.extend({title:_("Flow Offloading"),load(){return r("more-502b161d.pack").then(({look:e})=>e()).catch(()=>null)},render(e){return e}});
