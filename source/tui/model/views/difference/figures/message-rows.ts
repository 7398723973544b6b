import { formatCount } from '../../../../../text/bytes.ts';
import { escapeForTerminal } from '../../../../../text/escape.ts';
import type { Notice, Warning } from '../../../../../warning.ts';
import type { ComparedSide, OpenedDifference } from '../../../opened-difference.ts';
import { type DetailRow, field, paragraph } from '../../list/detail-rows.ts';
import { namesOf } from '../heading.ts';
import type { FigureRow } from './figure-rows.ts';

/** More of a name in a warning than helps. */
const MAXIMUM_EXAMPLE = 200;

export function messageCount({ images }: OpenedDifference): number {
	return images.reduce((sum, { warnings }) => sum + warnings.length, 0);
}

const nothing = { text: '', exact: '' };

/** What is to be known of the reading of both images; no row where that is nothing. */
export function messageRows(subject: OpenedDifference): readonly FigureRow[] {
	const names = namesOf(subject);
	const [older, newer] = subject.images.map(({ warnings, notices }) => warnings.length + notices.length);
	if (older + newer === 0) return [];
	const text = (count: number) => ({ text: formatCount(count), exact: formatCount(count) });
	const known: FigureRow = {
		label: messageCount(subject) === 0 ? 'to know' : '! to know',
		meaning: 'What was odd while the images were read.',
		older: text(older),
		newer: text(newer),
		delta: nothing,
		...(messageCount(subject) > 0 && { isWarning: true }),
		words: subject.images.flatMap(({ warnings, notices }) => [
			...notices.map(noticeText),
			...warnings.map(warningText),
		]),
		more: (width) => subject.images.flatMap((image, side) => messagesOf(image, names[side], width)),
	};
	return [known];
}

/** Which images are compared: all that their names and digests say. */
export function comparedRow(subject: OpenedDifference): FigureRow {
	const names = namesOf(subject);
	return {
		label: 'names and digests',
		meaning: 'What is compared.',
		older: { text: '', exact: names[0] },
		newer: { text: '', exact: names[1] },
		delta: nothing,
		words: subject.images.flatMap(knownOf),
		more: (width) => [
			...leftOut(subject, width),
			...subject.images.flatMap((image, side) => imageRows(image, names[side], width)),
		],
	};
}

function leftOut({ ignore }: OpenedDifference, width: number): readonly DetailRow[] {
	if (ignore.length === 0) return [];
	return [...ignore.flatMap((glob) => field('left out', escapeForTerminal(glob), { width })), []];
}

function imageRows(image: ComparedSide, name: string, width: number): readonly DetailRow[] {
	const known = knownOf(image);
	if (known.length === 0) return [];
	return [...paragraph(name, width, 'strong'), ...known.flatMap((line) => paragraph(line, width)), []];
}

/** Safe for a terminal. */
function knownOf({ foundIn, description }: ComparedSide): readonly string[] {
	const { names, manifestDigest, configDigest } = description;
	const lines = [
		foundIn === null ? null : `found in ${foundIn}`,
		names.length === 0 ? null : `named ${names.join(', ')}`,
		manifestDigest === null ? null : `manifest ${manifestDigest}`,
		configDigest === null ? null : `config ${configDigest}`,
	];
	return lines.filter((line) => line !== null).map(escapeForTerminal);
}

function messagesOf({ warnings, notices }: ComparedSide, name: string, width: number): readonly DetailRow[] {
	if (warnings.length + notices.length === 0) return [];
	return [
		...paragraph(name, width, 'strong'),
		...notices.flatMap((notice) => paragraph(`i ${noticeText(notice)}`, width)),
		...warnings.flatMap((warning) => paragraph(`! ${warningText(warning)}`, width, 'warning')),
		[],
	];
}

function noticeText({ message }: Notice): string {
	return escapeForTerminal(message);
}

function warningText({ message, count, example, layerIndex }: Warning): string {
	return [
		layerIndex === null ? '' : `Layer ${layerIndex + 1}: `,
		escapeForTerminal(message),
		count > 1 ? ` (${formatCount(count)} times)` : '',
		example === null ? '' : ` ${escapeForTerminal(example.slice(0, MAXIMUM_EXAMPLE))}`,
	].join('');
}
