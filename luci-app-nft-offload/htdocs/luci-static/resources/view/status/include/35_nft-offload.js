'use strict';
'require baseclass';
/* SPDX-License-Identifier: Apache-2.0; built */
return baseclass.extend({title:_("Flow Offloading"),load(){return L.require("nft-offload.more-b836aee8").then(({look:e})=>e()).catch(()=>null)},render(e){return e}});
