import { formatBytes } from '../../../text/bytes.ts';
import { escapeForTerminal } from '../../../text/escape.ts';
import { cellWidth, cutText } from '../../../text/width.ts';
import { fitLine, padEnd } from '../cells.ts';
import type { Keymap } from '../keymap.ts';
import { commandHints } from '../keys.ts';
import type { Size } from '../layout.ts';
import { type Line, type Span, span } from '../line.ts';
import type { ReadingImage, ReadingProgress, ReadingState } from '../reading.ts';
import { bar, secondsText } from './figures.ts';
import { hintLine } from './hint-line.ts';

const MAXIMUM_BAR = 50;
/** A rate over less time than this means nothing. */
const MINIMUM_SECONDS = 0.3;

/** The screen while images are being read: exactly as many lines as it has rows. */
export function progressLines(
	{ images }: ReadingState,
	{ columns, rows }: Size,
	bindings: Keymap,
): readonly Line[] {
	const content = images.length === 1 ? imageLines(images[0], columns) : pairLines(images, columns);
	const above = Math.max(0, Math.floor((rows - content.length) / 2) - 1);
	const lines = Array.from({ length: rows }, (_, line) =>
		fitLine([span('  '), ...(content[line - above] ?? [])], columns),
	);
	return [...lines.slice(0, rows - 1), hintLine(commandHints(bindings, 'reading'), columns)].slice(-rows);
}

type Row = readonly Span[];

function imageLines(image: ReadingImage, columns: number): readonly Row[] {
	const { reference, progress, waiting } = image;
	const opening = cutText(escapeForTerminal(waiting ?? 'Opening'), columns - 4, 'end');
	const body =
		progress === null || waiting !== null
			? [[span(opening, 'faint')]]
			: progressBody(progress, image, columns);
	return [[nameSpan(`Reading ${escapeForTerminal(reference)}`, columns)], [], ...body];
}

function nameSpan(text: string, columns: number): Span {
	return span(cutText(text, columns - 4, 'middle'), 'strong');
}

const sides = ['Old image', 'New image'];

/** Both images one below the other, and once both are read that they are compared. */
function pairLines(images: readonly ReadingImage[], columns: number): readonly Row[] {
	const isRead = images.every(({ isDone }) => isDone);
	return [
		...images.flatMap((image, side) => [
			[span(sides[side], 'faint')],
			...(image.isDone ? doneLines(image, columns) : imageLines(image, columns)).filter(
				({ length }) => length > 0,
			),
			[],
		]),
		[span(isRead ? 'Comparing contents' : '', 'faint')],
	];
}

function doneLines({ reference }: ReadingImage, columns: number): readonly Row[] {
	return [[nameSpan(`Read ${escapeForTerminal(reference)}`, columns)]];
}

function progressBody(
	progress: ReadingProgress,
	{ elapsedSeconds }: ReadingImage,
	columns: number,
): readonly Row[] {
	const { bytesDone, bytesTotal, part } = progress;
	const of = part === undefined ? '' : ` of the ${part}`;
	if (bytesDone === 0)
		return [[span(`Waiting for the first bytes${of}${secondsText(elapsedSeconds)}`, 'faint')]];
	const facts = [
		partText(progress),
		layersText(progress),
		bytesText(progress),
		rateText(bytesDone, elapsedSeconds),
	]
		.filter((text) => text !== '')
		.join(' · ');
	if (bytesTotal === null || bytesTotal === 0) return [[span(facts)]];
	const ratio = Math.min(1, bytesDone / bytesTotal);
	const percent = ` ${Math.floor(ratio * 100)} %`;
	const width = Math.max(0, Math.min(MAXIMUM_BAR, columns - cellWidth(percent) - 4));
	const done = bar(ratio, width);
	return [
		[span(done, 'bar'), span('░'.repeat(width - cellWidth(done)), 'faint'), span(padEnd(percent, 6))],
		[],
		[span(facts)],
	];
}

function partText({ phase, part }: ReadingProgress): string {
	return part === undefined || phase === 'comparing' ? '' : `the ${part}`;
}

function layersText({ phase, part, layersDone, layersTotal }: ReadingProgress): string {
	if (phase === 'comparing') return 'comparing content';
	if (part === 'container') return '';
	if (layersTotal !== null) return `${layersDone} of ${layersTotal} layers`;
	return layersDone === 1 ? '1 layer' : `${layersDone} layers`;
}

function bytesText({ bytesDone, bytesTotal }: ReadingProgress): string {
	const done = formatBytes(bytesDone);
	return bytesTotal === null ? done : `${done} of ${formatBytes(bytesTotal)}`;
}

function rateText(bytesDone: number, elapsedSeconds: number): string {
	return elapsedSeconds < MINIMUM_SECONDS ? '' : `${formatBytes(bytesDone / elapsedSeconds)}/s`;
}
