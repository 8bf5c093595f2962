'use strict';
'require baseclass as baseclass';

/*
 * Built by `npm run build`; do not edit. It is made from, and under the licence of:
 * - luci-app-nft-offload (Apache-2.0): web/src
 */

const card = baseclass.extend({
	title: _('Flow Offloading'),
	load: () =>
		L.require('nft-offload.card-750f9c86')
			.then(({ look }) => look())
			.catch(() => null),
	render: (card) => card,
});
return card;
