import { formatCount } from '../../../../../text/bytes.ts';
import { escapeForTerminal } from '../../../../../text/escape.ts';
import type { Notice, Warning } from '../../../../../warning.ts';
import { span } from '../../../line.ts';
import type { ComparedSide, OpenedDifference } from '../../../opened-difference.ts';
import { type DetailRow, paragraph } from '../detail-rows.ts';
import { namesOf } from '../heading.ts';
import type { FigureRow } from './figure-rows.ts';

/** More of a name in a warning than helps. */
const MAXIMUM_EXAMPLE = 200;

export function messageCount({ images }: OpenedDifference): number {
	return images.reduce((sum, { warnings }) => sum + warnings.length, 0);
}

/** What is compared, and what is to be known of the reading of both images. */
export function messageRows(subject: OpenedDifference): readonly FigureRow[] {
	const names = namesOf(subject);
	const [older, newer] = subject.images.map(({ warnings, notices }) => warnings.length + notices.length);
	const nothing = { text: '', exact: '' };
	const compared: FigureRow = {
		label: 'images',
		meaning: 'What is compared.',
		older: { text: '', exact: names[0] },
		newer: { text: '', exact: names[1] },
		delta: nothing,
		more: (width) => subject.images.flatMap((image, side) => imageRows(image, names[side], width)),
	};
	if (older + newer === 0) return [compared];
	const text = (count: number) => ({ text: formatCount(count), exact: formatCount(count) });
	const known: FigureRow = {
		label: messageCount(subject) === 0 ? 'to know' : '! to know',
		meaning: 'What was odd while the images were read.',
		older: text(older),
		newer: text(newer),
		delta: nothing,
		...(messageCount(subject) > 0 && { isWarning: true }),
		more: (width) => subject.images.flatMap((image, side) => messagesOf(image, names[side], width)),
	};
	return [known, compared];
}

function imageRows(
	{ foundIn, description }: ComparedSide,
	name: string,
	width: number,
): readonly DetailRow[] {
	const lines = [
		foundIn === null ? null : `found in ${foundIn}`,
		description.names.length === 0 ? null : `named ${description.names.join(', ')}`,
		description.manifestDigest === null ? null : `manifest ${description.manifestDigest}`,
		description.configDigest === null ? null : `config ${description.configDigest}`,
	];
	const known = lines.filter((line) => line !== null);
	if (known.length === 0) return [];
	return [[span(name, 'strong')], ...known.flatMap((line) => paragraph(escapeForTerminal(line), width)), []];
}

function messagesOf({ warnings, notices }: ComparedSide, name: string, width: number): readonly DetailRow[] {
	if (warnings.length + notices.length === 0) return [];
	return [
		[span(name, 'strong')],
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
