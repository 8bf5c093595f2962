// SPDX-License-Identifier: Apache-2.0
// ucode's uci, over the packages of mock.uc and its uncommitted changes to
// firewall. As in libuci, a package that was loaded by its path knows no
// uncommitted changes.
'use strict';

import { uci as packages, state, below, log } from 'mock';

function copy(value) {
	return json(sprintf('%J', value));
}

function change(sections, delta) {
	let section = sections[delta[1]];

	if (!section)
		return;

	if (delta[0] == 'set')
		section[delta[2]] = delta[3];
	else if (delta[0] == 'remove')
		delete section[delta[2]];
}

export function cursor() {
	let loaded = {}, made = [];

	let load = (name) => {
		let by_path = substr(name, 0, 1) == '/',
		    key = by_path ? pop(split(name, '/')) : name;

		if (!packages[key])
			return false;

		loaded[key] = copy(packages[key]);

		if (!by_path && key == 'firewall')
			for (let delta in state.deltas)
				change(loaded[key], delta);

		return true;
	};

	let sections = (name) => loaded[name] || load(name) ? loaded[name] : {};

	let write = (delta) => {
		change(loaded.firewall, delta);
		push(made, delta);

		return true;
	};

	return {
		load,
		get: (name, section, option) => sections(name)[section]?.[option],
		foreach: (name, kind, visit) => {
			for (let key in keys(sections(name)))
				if (loaded[name][key]['.type'] == kind)
					visit({ '.name': key, ...loaded[name][key] });
		},
		set: (name, section, option, value) => write([ 'set', section, option, value ]),
		delete: (name, section, option) => write([ 'remove', section, option ]),
		changes: (name) => length(state.deltas) ? { [name]: copy(state.deltas) } : {},
		save: (name) => {
			if (!below('/tmp/.uci', state.full))
				push(state.deltas, ...made);

			return true;
		},
		commit: (name) => {
			push(log, `commit ${sprintf('%J', made)}`);

			if (!below('/etc/config', state.readonly))
				for (let delta in made)
					change(packages[name], delta);

			return true;
		}
	};
};

/** `uci -q revert firewall.SECTION.OPTION` */
state.handlers.uci ??= (line) => {
	let at = match(line, /^uci -q revert firewall\.([^.]+)\.([^.]+)$/);

	if (!at)
		return null;

	state.deltas = filter(state.deltas, (d) => d[1] != at[1] || d[2] != at[2]);

	return [ 0, '' ];
};
