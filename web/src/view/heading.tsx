// SPDX-License-Identifier: Apache-2.0
import type { ComponentChildren } from 'preact';

interface HeadingProps {
	level: 3 | 4;
	/** Looks other than its level's. */
	class?: string;
	children: ComponentChildren;
}

/** A heading inside a page. It is no h3 and no h4, because themes turn these into cards, or hide what stands in them. */
export function Heading({ level, class: looks = `nfo-heading-${level}`, children }: HeadingProps) {
	return <div role="heading" aria-level={level} class={looks}>{children}</div>;
}
