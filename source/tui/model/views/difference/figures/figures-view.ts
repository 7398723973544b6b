import { padEnd, padStart } from '../../../cells.ts';
import { type Span, span } from '../../../line.ts';
import type { OpenedDifference } from '../../../opened-difference.ts';
import { type DetailRow, field, paragraph } from '../../list/detail-rows.ts';
import { listView } from '../../list/list-view.ts';
import { heading } from '../heading.ts';
import { type FigureRow, figureRows } from './figure-rows.ts';
import { comparedRow, messageCount, messageRows } from './message-rows.ts';

const VALUE_WIDTH = 9;
/** As wide as `-0.006 points`. */
const DELTA_WIDTH = 13;
const MAXIMUM_LABEL = 28;

/** Every total of both images with its delta. */
export const figuresView = listView<OpenedDifference, FigureRow, 'figures' | 'figure'>({
	kind: 'difference',
	title: 'Figures',
	panes: { list: 'figures', details: 'figure' },
	help: {
		title: 'Signs in the figures',
		rows: [
			{ sign: '+', style: 'plain', meaning: 'more in the new image' },
			{ sign: '-', style: 'plain', meaning: 'less in the new image' },
			{ sign: '!', style: 'warning', meaning: 'something was odd while an image was read' },
		],
	},
	// Warnings are in this view, and the mark leads to them.
	tab: (subject) => ({ name: 'Figures', count: null, isAlarming: messageCount(subject) > 0 }),
	heading,
	items: (subject) => [...messageRows(subject), ...figureRows(subject), comparedRow(subject)],
	head: (_, width) => `${padEnd('', labelWidth(width))}${columns('old', 'new', 'delta')}`,
	facts: () => '',
	row: figureRow,
	nameOf: ({ label }) => label.trim(),
	texts: figureTexts,
	orders: [],
	details: figureDetails,
	empty: () => '',
	exported: {
		name: 'figures',
		columns: [
			{
				name: 'figure',
				cellOf: ({ label, partOf }) => [...(partOf ? [partOf] : []), label.trim()].join(' '),
			},
			{ name: 'old', cellOf: ({ older }) => older.exact || older.text },
			{ name: 'new', cellOf: ({ newer }) => newer.exact || newer.text },
			{ name: 'delta', cellOf: ({ delta }) => delta.exact || delta.text },
		],
	},
	command: ['diff', '--only', 'figures'],
	spoken: { needs: [], row: spokenFigure },
});

/** A filter finds what a figure is part of with it. */
function figureTexts({ label, partOf, older, newer, delta, words = [] }: FigureRow): readonly string[] {
	const name = [...(partOf === undefined ? [] : [partOf]), label.trim()].join(' ');
	return [name, ...[older, newer, delta].flatMap(({ text, exact }) => [text, exact]), ...words];
}

function labelWidth(width: number): number {
	return Math.min(MAXIMUM_LABEL, width - 2 * VALUE_WIDTH - DELTA_WIDTH - 4);
}

function figureRow(
	{ label, older, newer, delta, isWarning }: FigureRow,
	_: unknown,
	width: number,
): readonly Span[] {
	return [
		span(padEnd(label, labelWidth(width) + 1), isWarning ? 'warning' : 'plain'),
		span(columns(older.text, newer.text, delta.text)),
	];
}

function spokenFigure({ label, partOf, older, newer, delta, isWarning }: FigureRow): string {
	const name = partOf === undefined ? label.trim() : `${partOf}, ${label.trim()}`;
	const values = [
		...(older.text === '' ? [] : [`old ${older.text}`]),
		...(newer.text === '' ? [] : [`new ${newer.text}`]),
		...(delta.text === '' ? [] : [`difference ${delta.text}`]),
	];
	const shown = name.replace(/^! /, '');
	return `${isWarning ? 'warning, ' : ''}${shown}${values.length === 0 ? '' : `: ${values.join(', ')}`}`;
}

function columns(older: string, newer: string, delta: string): string {
	return `${padStart(older, VALUE_WIDTH)} ${padStart(newer, VALUE_WIDTH)} ${padStart(delta, DELTA_WIDTH)}`;
}

function figureDetails(
	{ meaning, older, newer, delta, more }: FigureRow,
	_: unknown,
	width: number,
): readonly DetailRow[] {
	return [
		...paragraph(meaning, width),
		[],
		...known('old', older.exact, width),
		...known('new', newer.exact, width),
		...known('delta', delta.exact, width),
		...(more === undefined ? [] : [[], ...more(width)]),
	];
}

function known(name: string, value: string, width: number): readonly DetailRow[] {
	return value === '' ? [] : field(name, value, { width });
}
