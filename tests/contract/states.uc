// SPDX-License-Identifier: Apache-2.0
// After prelude.uc: replies in every step of transactions that end in each way, and while the sampler runs.
let sleep_ = sleep, answered = null, begun;

function everything() {
	for (let args in [ {}, { watch: true } ])
		say('status', args);

	let before = state.read('transaction'), reply = object.apply.call({ args: { mode: 'off' } });

	printf('%J\n', [ 'apply', reply ]);

	if (reply.error) {
		reply = object.measure.call({ args: {} });
		printf('%J\n', [ 'measure', reply ]);
	}

	// nobody carries it out
	if (!reply.error)
		before ? state.write('transaction', before) : state.remove('transaction');

	for (let id in [ 'unknown', before?.id ])
		for (let method in [ 'confirm', 'revert' ])
			if (!before || !(before.step in [ 'waiting', 'measuring' ]) || id == 'unknown')
				say(method, { id });
}

function change(mode, decision) {
	begun = object.apply.call({ args: { mode, confirm_timeout: 15 } });
	printf('%J\n', [ 'apply', begun ]);
	answered = decision;

	if (!begun.error)
		transaction.run();

	everything();
}

function compare(seconds, until) {
	begun = object.measure.call({ args: { seconds } });
	printf('%J\n', [ 'measure', begun ]);
	answered = until;

	if (!begun.error)
		transaction.run();

	everything();
}

// The sampler that a comparison starts, or that does not start
let samples = true;

router.handlers.sampler = (line) => {
	if (index(line, 'guard -- sampler run') < 0 || !samples)
		return null;

	files['/var/run/nft-offload/sampler.pid'] = '98';
	files['/proc/98/cmdline'] = '/usr/libexec/nft-offload/guard';
	state.write('watch', {
		flows: null, slow: { at: router.now, since: router.now, pairs: [], options: [], error: null }, cpu: null,
		every: 2, cost: { conntrack: 0, nft: 0 }
	});

	return [ 0, '' ];
};

global.sleep = (ms) => {
	let tx = state.read('transaction');

	if (tx?.measurement) {
		if (int(router.now) % 4 == 0)
			everything();

		if (length(tx.measurement.phases) == answered)
			say('revert', { id: tx.id });

		return sleep_(ms);
	}

	if (tx?.step == 'waiting' && answered) {
		say(answered, { id: begun.transaction.id });
		say('revert', { id: begun.transaction.id });
	}

	return sleep_(ms);
};

everything();
change('software', 'confirm');
change('hardware', 'revert');
change('off', null);
change('software', 'confirm');
compare(5, null);
compare(5, 0);
compare(5, 1);
compare(60, 2);
samples = false;
delete files['/var/run/nft-offload/sampler.pid'];
state.remove('watch');
compare(5, null);
samples = true;
uci.firewall.d = { '.type': 'defaults' };
compare(5, null);
uci.firewall.d = { '.type': 'defaults', flow_offloading: '1' };
delete files['/var/run/nft-offload/sampler.pid'];

fw4.then = (line) => {
	if (substr(line, 0, 4) != 'df -')
		everything();
};

change('hardware', null);
fw4.refuses = [ 'lan1' ];
change('hardware', null);
fw4.refuses = [];

for (let fault in [ 'rejected', 'throws' ]) {
	fw4.reload = fault;
	change('off', null);
	fw4.reload = null;
}

fw4.check = 'invalid';
change('off', null);
fw4.check = null;
router.readonly = [ '/etc/config' ];
everything();
router.readonly = [];
state.remove('transaction');
router.full = [ '/var/run', '/tmp' ];
everything();
router.full = [];
router.deltas = [ [ 'set', 'd', 'input', 'DROP' ], [ 'add', 'x', 'zone' ] ];
everything();
router.deltas = [];
fw4.loaded = null;
change('software', null);
fw4.loaded = 'off';

for (let path in [ '/sbin/fw4', '/usr/sbin/nft', '/etc/rc.d/S19firewall', '/sys/module/nft_flow_offload/x' ]) {
	delete files[path];
	say('status', {});
	say('apply', { mode: 'hardware' });
	files[path] = '';
}

// the sampler for three rounds; its guard lives
files['/var/run/nft-offload/sampler.pid'] = '99';
files['/proc/99/cmdline'] = '/usr/libexec/nft-offload/guard';
fw4.then = null;

let rounds = 0;

global.sleep = (ms) => {
	say('status', { watch: rounds < 200 });
	rounds++;

	return sleep_(ms);
};

lease.renew();
watch.sample();

// a guard without a transaction
files['/var/run/nft-offload/transaction.pid'] = '99';
state.remove('transaction');
everything();
delete files['/var/run/nft-offload/transaction.pid'];
uci.firewall = { z: { '.type': 'zone' } };
everything();

for (let path in keys(files))
	delete files[path];

for (let path in keys(links))
	delete links[path];

delete uci.firewall;
everything();
