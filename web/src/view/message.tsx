// SPDX-License-Identifier: Apache-2.0
import type { ComponentChildren } from 'preact';
import type { ErrorDetail, Failure, UciChange } from '../contract.ts';
import type { Level } from '../doctor/verdict.ts';
import type { Explanation } from './errors.ts';
import type { Trouble } from '../ubus.ts';
import { explain, explainTrouble } from './errors.ts';
import { Sign } from './icons.tsx';

interface MessageProps {
	level: Level;
	title: string;
	/** Said at once by a screen reader instead of when it has nothing else to say. */
	urgent?: boolean;
	/** For tests and scripts, e.g. an error's code. */
	code?: string | undefined;
	children?: ComponentChildren;
}

/** Something that has happened, in a box of its own. */
export function Message({ level, title, urgent = false, code, children }: MessageProps) {
	return (
		<section class={`nfo-message alert-message nfo-${level}`} role={urgent ? 'alert' : 'status'} data-code={code}>
			<p class="nfo-headline"><Sign level={level} /> {title}</p>
			{children}
		</section>
	);
}

/** What the matter is and what to do about it. */
export function Words({ what, todo }: Explanation) {
	return <p>{what}{todo && <>{' '}<strong>{todo}</strong></>}</p>;
}

/** A line of uci's changes as the command that would make it. */
function changeWords([command = '', section = '', ...rest]: UciChange): string {
	return [command, section, ...rest].filter(Boolean).join(' ');
}

/** What the router's own tools said, word for word. */
function RouterWords({ detail: { output, devices, changes } }: { detail: ErrorDetail }) {
	const parts = [
		...(output ? [output] : []),
		...(devices ?? []).filter((device) => device.output).map((device) => `${device.name}:\n${device.output}`),
		...(changes ?? []).map(changeWords),
	];
	if (!parts.length)
		return null;
	return (
		<details>
			<summary>{changes?.length ? _('The changes') : _('The router\'s own words')}</summary>
			<pre dir="ltr">{parts.join('\n')}</pre>
		</details>
	);
}

/** An error of the backend: what it means, what to do, and the router's words. */
export function FailureWords({ failure }: { failure: Pick<Failure, 'code' | 'detail'> }) {
	return (
		<>
			<Words {...explain(failure)} />
			<RouterWords detail={failure.detail} />
		</>
	);
}

/** Why something was not done or is not known: an error of the backend, or that there was no reply. */
export function TroubleWords({ trouble }: { trouble: Trouble | Failure }) {
	return typeof trouble === 'string' ? <Words {...explainTrouble(trouble)} /> : <FailureWords failure={trouble} />;
}
