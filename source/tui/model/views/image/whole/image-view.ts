import { nameOfImage } from '../../../../../image/image.ts';
import { formatPlatform } from '../../../../../image/platform.ts';
import { formatBytes } from '../../../../../text/bytes.ts';
import { escapeForTerminal } from '../../../../../text/escape.ts';
import { cellWidth, cutText } from '../../../../../text/width.ts';
import type { KeyOf } from '../../../bindings/key-labels.ts';
import { padEnd, padStart } from '../../../cells.ts';
import { type Line, type Span, span } from '../../../line.ts';
import type { OpenedImage } from '../../../opened-image.ts';
import { listView } from '../../list/list-view.ts';
import { choiceText } from '../choice-text.ts';
import { imageVerdict } from '../verdict-line.ts';
import { configRows } from './config-rows.ts';
import { identityRows, messageRows } from './identity-rows.ts';
import type { ImageRow } from './image-row.ts';
import { ledgerRows } from './ledger-rows.ts';
import { stepRows } from './step-rows.ts';

const SIZE_WIDTH = 9;
const DAY_WIDTH = 14;
/** Lists narrower than this do not show when a step was done. */
const WITH_DAY = 64;
/** As wide as the names in the ledger. */
const MINIMUM_NAME = 22;
const MAXIMUM_NAME = 32;

/** The image as a whole: its Dockerfile, its sizes, its config, its names. */
export const imageView = listView<OpenedImage, ImageRow, 'image' | 'image value'>({
	kind: 'image',
	title: 'Image',
	panes: { list: 'image', details: 'image value' },
	help: {
		title: 'Signs of the image',
		rows: [{ sign: '!', style: 'warning', meaning: 'root, a value that looks secret, or a warning' }],
	},
	// Warnings are in this view, and the mark leads to them.
	tab: ({ warnings }) => ({ name: 'Image', count: null, isAlarming: warnings.length > 0 }),
	heading,
	items: (image) => [
		...stepRows(image),
		...ledgerRows(image),
		...configRows(image),
		...identityRows(image),
		...messageRows(image),
	],
	head: (_, width) =>
		[
			padEnd('  instruction or value', stepWidth(width) + 1),
			padStart('ships', SIZE_WIDTH),
			padStart('wastes', SIZE_WIDTH),
			width < WITH_DAY ? '' : `  ${padEnd('created', DAY_WIDTH - 2)}`,
		]
			.join('')
			.slice(1)
			.trimEnd(),
	facts: () => '',
	row: imageRow,
	nameOf: ({ kind, name, value }) => (kind === 'value' ? `${name.trim()}  ${value}`.trim() : name),
	texts: ({ name, value, texts }) => [`${name.trim()} ${value}`, ...texts],
	orders: [],
	details: ({ details }, _, width) => details(width),
	empty: () => '',
	placeOf: ({ place }) => place,
	textOf: ({ copied }) => copied,
	exported: {
		name: 'image',
		columns: [
			{ name: 'kind', cellOf: ({ kind }) => kind },
			{ name: 'name', cellOf: ({ name }) => name.trim() },
			{ name: 'value', cellOf: ({ value, copied }) => copied ?? value },
			{ name: 'shippedBytes', cellOf: ({ figures }) => figures?.shippedBytes ?? null },
			{ name: 'wastedBytes', cellOf: ({ figures }) => figures?.wastedBytes ?? null },
			{ name: 'created', cellOf: ({ day }) => day },
		],
	},
	command: ['report', '--only', 'layers,ledger'],
	spoken: { needs: ['ledger'], row: spokenRow },
});

function heading(image: OpenedImage, columns: number, keyOf: KeyOf | null): Line {
	const { description, foundIn } = image;
	const { platform } = description;
	const words = [
		escapeForTerminal(nameOfImage(image)),
		...(platform === null ? [] : [escapeForTerminal(formatPlatform(platform))]),
	];
	const facts = [
		...(foundIn === null ? [] : [`from ${escapeForTerminal(foundIn)}`]),
		...choiceFacts(image, keyOf),
	].join(' ━ ');
	return imageVerdict(image, { text: words.join(' ━ '), facts }, columns);
}

function choiceFacts(image: OpenedImage, keyOf: KeyOf | null): readonly string[] {
	const text = choiceText(image);
	if (text === null) return [];
	return [keyOf === null ? text : `${text}: ${keyOf('pick-image')} picks`];
}

function stepWidth(width: number): number {
	return width - 1 - 2 * SIZE_WIDTH - (width < WITH_DAY ? 3 : DAY_WIDTH);
}

function imageRow(row: ImageRow, _: unknown, width: number): readonly Span[] {
	if (row.kind === 'section') return [span(row.name, 'heading')];
	return row.kind === 'step' ? stepSpans(row, width) : valueSpans(row, width);
}

function spokenRow({ kind, name, value, mark, figures, day }: ImageRow): string {
	if (kind === 'section') return `Section: ${name}`;
	if (kind === 'value') return `${mark === '' ? '' : 'warning, '}${name.trim()}: ${value}`;
	const sizes =
		figures === null
			? []
			: [`ships ${formatBytes(figures.shippedBytes)}`, `wastes ${formatBytes(figures.wastedBytes)}`];
	return `${name} (${[...sizes, day === '' ? 'no date' : day].join(', ')})`;
}

function stepSpans({ name, style, figures, day }: ImageRow, width: number): readonly Span[] {
	const wasted = figures?.wastedBytes ?? 0;
	return [
		span(`  ${padEnd(name, stepWidth(width) - 1)}`, style),
		span(padStart(figures === null ? '' : formatBytes(figures.shippedBytes), SIZE_WIDTH), style),
		span(padStart(wasted === 0 ? '' : formatBytes(wasted), SIZE_WIDTH), 'warning'),
		...(width < WITH_DAY ? [] : [span(`  ${padEnd(day, DAY_WIDTH - 2)}`, 'faint')]),
	];
}

function valueSpans({ name, value, style, mark, figureWidth }: ImageRow, width: number): readonly Span[] {
	const nameWidth = Math.min(MAXIMUM_NAME, Math.max(MINIMUM_NAME, Math.floor(width * 0.3)));
	return [
		span(padEnd(mark, 2), style),
		// Names such as those of labels begin alike.
		span(padEnd(cutText(name, nameWidth, 'middle'), nameWidth), style === 'plain' ? 'faint' : style),
		span(` ${padStart(value, Math.max(figureWidth, cellWidth(value)))}`, style),
	];
}
