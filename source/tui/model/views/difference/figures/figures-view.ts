import { padEnd, padStart } from '../../../cells.ts';
import { type Span, span } from '../../../line.ts';
import { type DetailRow, field, paragraph } from '../detail-rows.ts';
import { listView } from '../list-view.ts';
import { type FigureRow, figureRows } from './figure-rows.ts';
import { messageCount, messageRows } from './message-rows.ts';

const VALUE_WIDTH = 9;
/** As wide as `-0.006 points`. */
const DELTA_WIDTH = 13;
const MAXIMUM_LABEL = 28;

/** Every total of both images with its delta. */
export const figuresView = listView<FigureRow, 'figures' | 'figure'>({
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
	tab: (subject) => ({ name: messageCount(subject) === 0 ? 'Figures' : 'Figures !', count: null }),
	items: (subject) => [...messageRows(subject), ...figureRows(subject)],
	head: (_, width) => `${padEnd('', labelWidth(width))}${columns('old', 'new', 'delta')}`,
	facts: () => '',
	row: figureRow,
	nameOf: ({ label }) => label,
	details: figureDetails,
	empty: '',
});

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
