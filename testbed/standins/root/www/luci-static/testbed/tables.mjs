// SPDX-License-Identifier: Apache-2.0
/**
 * Gives LuCI's classes to every table in #view that has a head, row by row as
 * rows come, writes the head of a column into each cell, and says where a
 * table is too narrow to be one, as luci-theme-footstrap does it.
 */
/** CSS pixels; a narrower table is taken apart. */
const NARROW = 568;

function adopt(table) {
	const head = table.tHead;

	if (!head)
		return;

	const titles = [...head.rows[0].cells].map(({ textContent }) => textContent.trim());

	table.classList.add('table', 'adopted');
	table.classList.toggle('stacked', table.parentElement.clientWidth < NARROW);
	head.classList.add('thead');

	for (const title of head.rows[0].cells)
		title.classList.add('th');

	for (const row of [...table.rows].filter(({ parentElement }) => parentElement !== head)) {
		row.classList.add('tr');
		[...row.cells].forEach((cell, index) => {
			cell.classList.add('td');

			if (!cell.hasAttribute('data-title'))
				cell.setAttribute('data-title', titles[index] ?? '');
		});
	}
}

const adoptAll = () => document.querySelectorAll('#view table').forEach(adopt);
let waiting = false;

function soon() {
	if (waiting)
		return;

	waiting = true;
	requestAnimationFrame(() => {
		waiting = false;
		adoptAll();
	});
}

new MutationObserver(soon).observe(document.body, { childList: true, subtree: true });
window.addEventListener('resize', soon);
soon();
