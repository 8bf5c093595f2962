'use strict';
'require nft-offload.page-ddbcbecb';
'require view';
/* SPDX-License-Identifier: Apache-2.0; built */
const{m:e}=nft_offload_page_ddbcbecb;return view.extend({render:e,handleSaveApply:null,handleSave:null,handleReset:null});
