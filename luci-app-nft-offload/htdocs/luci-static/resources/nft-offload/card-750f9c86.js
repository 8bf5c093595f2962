'use strict';
'require baseclass';
'require nft-offload.preact-b8b2b6f2 as preact';
'require nft-offload.common-9300eee3 as common';

/*
 * Built by `npm run build`; do not edit. It is made from, and under the licence of:
 * - luci-app-nft-offload (Apache-2.0): web/src
 */

const { render, createElement, Fragment } = preact;
const {
	status,
	remember,
	coverage: coverage$1,
	conflicts: conflicts$1,
	direction,
	findingsOf,
	factsOf,
	diagnose,
	modeName,
	Sign,
	headline,
	percent,
	style,
	EMPTY,
} = common;
const SELDOM = 12;
let root = null;
let memory = EMPTY;
let coverage = null;
let conflicts = null;
let turn = 0;
function Card({ diagnosis: { loaded, working, share }, findings }) {
	const judgement = working.verdicts[0];
	const line = (name, value) =>
		createElement(
			'tr',
			{ class: 'tr' },
			createElement('td', { class: 'td left', width: '33%' }, name),
			createElement('td', { class: 'td left' }, value),
		);
	return createElement(
		'div',
		{ class: 'nfo' },
		createElement('style', null, style),
		createElement(
			'table',
			{ class: 'table' },
			line(_('Mode'), modeName(loaded.mode)),
			line(
				_('Working'),
				createElement(
					'span',
					{ 'data-verdict': judgement?.code },
					createElement(Sign, { level: working.level }),
					' ',
					judgement && headline(judgement),
				),
			),
			line(_('On the fast path'), share === null ? '–' : _('%s %%').format(percent(share))),
			line(
				_('What stands in the way'),
				createElement(
					Fragment,
					null,
					findings ?? '–',
					' · ',
					createElement('a', { href: L.url('admin/network/nft-offload') }, _('Open the page')),
				),
			),
		),
	);
}
const factsIn = (reply) => ('error' in reply ? null : reply.facts);
async function look() {
	const status$1 = await status();
	memory = remember(memory, status$1);
	if (turn++ % SELDOM === 0 || !coverage || !conflicts)
		[coverage, conflicts] = [factsIn(await coverage$1()) ?? coverage, factsIn(await conflicts$1()) ?? conflicts];
	if (!root) {
		root = document.createElement('div');
		root.dir = direction();
	}
	const findings =
		coverage && conflicts && findingsOf(factsOf(status$1, memory, coverage, conflicts)).filter(({ level }) => level !== 'plain').length;
	render(createElement(Card, { diagnosis: diagnose(status$1, memory), findings }), root);
	return root;
}
return baseclass.extend({ look });
