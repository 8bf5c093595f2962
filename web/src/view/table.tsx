// SPDX-License-Identifier: Apache-2.0
import type { ComponentChildren } from 'preact';

export interface Line {
	key: string;
	cells: ComponentChildren[];
}

/** A row whose cells know their column, for screens on which the head is not shown. */
export function row(heads: string[], cells: ComponentChildren[], key?: string) {
	return <tr key={key} role="row">{cells.map((cell, index) => <td role="cell" data-column={heads[index]}><div>{cell}</div></td>)}</tr>;
}

/** The head of a table. The roles stay where a narrow screen's style takes the table apart. */
export function Head({ heads }: { heads: string[] }) {
	return <thead role="rowgroup"><tr role="row">{heads.map((head) => <th role="columnheader" scope="col">{head}</th>)}</tr></thead>;
}

/** A table that becomes a list of cards where it is narrow. */
export function Table({ label, heads, lines }: { label: string; heads: string[]; lines: Line[] }) {
	return (
		<table class="nfo-table" role="table" aria-label={label}>
			<Head heads={heads} />
			<tbody role="rowgroup">{lines.map(({ key, cells }) => row(heads, cells, key))}</tbody>
		</table>
	);
}

/** An address, behind the name of its host, if it has one. */
export function host(name: string | null | undefined, address: string): ComponentChildren[] {
	return [name && [<strong dir="auto">{name}</strong>, ' '], <span dir="ltr">{address}</span>];
}
