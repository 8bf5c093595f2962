// SPDX-License-Identifier: Apache-2.0
/**
 * Pages that are changed without loading one, as luci-theme-aurora and
 * luci-theme-footstrap do it: they flush LuCI's poll queue, clear intervals,
 * and put another page's elements into #view. Nobody tells the page before
 * that it was left. With data-swap="stage" a page is first made in a hidden
 * place and its elements are then moved, as in footstrap.
 */
const staged = document.querySelector('script[data-swap]').dataset.swap === 'stage';
const { L } = window;
const intervals = new Set();
const setInterval = window.setInterval.bind(window);
/** Views that were loaded; the first time a view makes itself. */
const made = new Set([`view.${L.env.view.replaceAll('/', '.')}`]);
let shown = location.pathname;

window.setInterval = (...parameters) => {
	const id = setInterval(...parameters);

	intervals.add(id);
	return id;
};

/** What LuCI's server wrote into a page. */
async function fetchPage(url) {
	const page = new DOMParser().parseFromString(await (await fetch(url)).text(), 'text/html');
	const script = [...page.scripts].map(({ textContent }) => /window\.luciEnvironment = (.*);$/.exec(textContent)).find(Boolean);

	return script && { page, environment: JSON.parse(script[1]) };
}

/** Resolves when something else than LuCI's waiting sign is in `place`. */
function rendered(place) {
	return new Promise(resolve => {
		const look = () => {
			if (!place.querySelector(':scope > :not(.spinning)'))
				return;

			observer.disconnect();
			resolve();
		};
		const observer = new MutationObserver(look);

		observer.observe(place, { childList: true });
		look();
	});
}

/** Makes the page of `name`; a view renders itself into the first #view of the document. */
async function make(name) {
	const first = !made.has(name);

	made.add(name);

	const view = await L.require(name);

	if (!first)
		new view.constructor();
}


async function visit(url) {
	const found = await fetchPage(url);

	if (!found)
		return location.assign(url);

	L.Poll.queue.length = 0;
	L.Poll.stop();
	intervals.forEach(id => clearInterval(id));
	intervals.clear();
	Object.assign(L.env, found.environment);
	shown = new URL(url).pathname;
	document.title = found.page.title;

	for (const selector of ['#tabmenu', 'header nav']) {
		const fresh = document.importNode(found.page.querySelector(selector), true);

		for (const link of fresh.querySelectorAll('a'))
			link.textContent = window._(link.textContent);

		document.querySelector(selector).replaceWith(fresh);
	}

	const view = document.getElementById('view');
	const stage = staged ? document.createElement('div') : view;

	if (staged) {
		stage.id = 'view';
		stage.style.cssText = `position: absolute; visibility: hidden; width: ${view.clientWidth}px`;
		view.before(stage);
	}
	else
		view.replaceChildren();

	const done = rendered(stage);

	L.Poll.start();
	await make(`view.${found.environment.view.replaceAll('/', '.')}`);
	await done;

	if (staged) {
		view.replaceChildren(...stage.childNodes);
		stage.remove();
	}
}

document.addEventListener('click', event => {
	const link = event.target.closest('header nav a, #tabmenu a, #view a');

	if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || link.target ||
		link.origin !== location.origin || !link.pathname.startsWith(L.url('admin/network/')))
		return;

	event.preventDefault();
	history.pushState(null, '', link.href);
	void visit(link.href);
});

window.addEventListener('popstate', () => {
	if (location.pathname !== shown)
		void visit(location.href);
});
