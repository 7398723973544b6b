import { type Cause, causes } from '../../../diff/reproducible/causes.ts';
import {
	causesOf,
	furtherCounts,
	type TarComparison,
	type TarDifference,
} from '../../../diff/reproducible/tar-difference.ts';
import { formatCount } from '../../../text/bytes.ts';
import { causeWords } from './cause-words.ts';
import { contentHint, type Hint, pathHint } from './content-hints.ts';
import { headerLine } from './header-words.ts';
import { formatLatin1, formatOffset, hexLines } from './values.ts';

/** By what the first difference is caused, in the words of a report. */
export function causeNames(first: TarDifference | null): string {
	return first === null
		? ''
		: namedCauses(first)
				.map((cause) => causeWords[cause].name)
				.join(', ');
}

function namedCauses(first: TarDifference): readonly Cause[] {
	const found = causesOf(first);
	return causes.filter((cause) => found.has(cause));
}

/** What differs first in two tars, what to try, and how much more there is. */
export function tarLines(comparison: TarComparison): readonly string[] {
	const { first } = comparison;
	if (first === null) return [];
	return [
		`First difference: ${causeNames(first)}`,
		...differenceLines(first).map((line) => `  ${line}`),
		...adviceOf(first).map((advice) => `try: ${advice}`),
		...furtherLines(comparison),
	];
}

function differenceLines(difference: TarDifference): readonly string[] {
	switch (difference.kind) {
		case 'entry':
			return entryLines(difference);
		case 'order': {
			const { oldIndex, newIndex } = difference;
			const places = `entry ${formatCount(oldIndex + 1)} of OLD is entry ${formatCount(newIndex + 1)} of NEW`;
			return [`${nameOf(difference.path)}: ${places}`];
		}
		case 'only': {
			const [has, lacks] = difference.side === 'old' ? ['OLD', 'NEW'] : ['NEW', 'OLD'];
			return [
				`${nameOf(difference.path)}: entry ${formatCount(difference.index + 1)} of ${has}, and ${lacks} does not have it`,
			];
		}
		case 'end': {
			const [older, newer] = difference.bytes;
			const sizes =
				older === newer
					? `${formatCount(older)} bytes`
					: `${formatCount(older)} -> ${formatCount(newer)} bytes`;
			return [
				`behind the last entry: ${sizes}, different from ${formatOffset(difference.at)} on`,
				...hexLines(difference.at),
			];
		}
	}
}

function entryLines({
	path,
	index,
	headers,
	content,
	contentBytes,
	padding,
}: TarDifference & { kind: 'entry' }) {
	return [
		`${nameOf(path)} (entry ${formatCount(index + 1)})`,
		...headers.map((header) => `  ${headerLine(header)}`),
		...(content === null ? [] : contentLines(path, content, contentBytes)),
		...(padding === null
			? []
			: [
					`  padding behind the content: different from ${formatOffset(padding)} on`,
					...hexLines(padding).map(indented),
				]),
	];
}

function contentLines(
	path: string,
	content: NonNullable<(TarDifference & { kind: 'entry' })['content']>,
	[older, newer]: readonly [number, number],
): readonly string[] {
	if (content.offset === older || content.offset === newer) {
		const [shorter, longer] = content.offset === older ? ['OLD', 'NEW'] : ['NEW', 'OLD'];
		const where = `equal up to ${formatOffset(content)}, where ${shorter} ends and ${longer} goes on`;
		return [`  content: ${where}`, ...hexLines(content).map(indented)];
	}
	const hint = contentHint(path, content);
	const meaning = hint === null ? '' : ` (${hint.meaning})`;
	const sizes = older === newer ? formatCount(older) : `${formatCount(older)} -> ${formatCount(newer)}`;
	return [
		`  content: different from ${formatOffset(content)} of ${sizes} on${meaning}`,
		...hexLines(content).map(indented),
	];
}

function indented(line: string): string {
	return `    ${line}`;
}

/** The root's own entry has an empty path. */
function nameOf(path: string): string {
	return path === '' ? './' : formatLatin1(path).replace(/ $/, '\\x20');
}

function adviceOf(first: TarDifference): readonly string[] {
	const hint = hintOf(first);
	const advice = namedCauses(first).map((cause) =>
		hint !== null && hinted.has(cause) ? hint.advice : causeWords[cause].advice,
	);
	return [...new Set(advice)];
}

/** The causes that the file itself may explain. */
const hinted: ReadonlySet<Cause> = new Set(['content', 'only-in-old', 'only-in-new']);

function hintOf(first: TarDifference): Hint | null {
	if (first.kind === 'only') return pathHint(first.path);
	return first.kind === 'entry' && first.content !== null ? contentHint(first.path, first.content) : null;
}

function furtherLines(comparison: TarComparison): readonly string[] {
	const counts = furtherCounts(comparison);
	const further = causes.filter((cause) => counts[cause] > 0);
	if (further.length === 0) return ['Nothing else differs in this layer.'];
	return [
		'More in this layer:',
		...further.map((cause) => {
			const count = counts[cause];
			const unit = cause === 'end' ? '' : ` of ${formatCount(count)} ${count === 1 ? 'entry' : 'entries'}`;
			return `  ${causeWords[cause].name}${unit}`;
		}),
	];
}
