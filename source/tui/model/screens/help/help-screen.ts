import { fitEnds, fitLine, padEnd } from '../../cells.ts';
import { wrapWhole } from '../../frame/wrap-whole.ts';
import { FOOTER_ROWS, type Size } from '../../layout.ts';
import { type Line, type Span, span } from '../../line.ts';
import { clamp, scrollBy } from '../../list-window.ts';
import type { HelpRow, HelpSection } from '../../views/view.ts';
import { closingKeys } from '../closing-keys.ts';
import type { MoveAction, Screen, ScreenFrame } from '../screen.ts';

export interface HelpTypes {
	readonly id: 'help';
	readonly state: HelpState;
	readonly action: { readonly type: 'close' };
}

export interface HelpState {
	readonly sections: readonly HelpSection[];
	/** The first visible line. */
	readonly top: number;
}

const SIGNS_WIDTH = 22;

/** All keys, and the signs on the screen. */
export const helpScreen: Screen<HelpTypes> = {
	title: null,
	keys: closingKeys<HelpTypes['action'], 'help'>(
		'help',
		{ group: 'General', description: 'Close this help', action: { type: 'close' } },
		{ keys: { 'step-out': ['escape'], close: ['q'], help: ['?'] }, hint: 'close' },
	),
	typed: () => null,
	update: ({ state, size }, action) => ({ state: updateHelp(state, action, size), effects: [] }),
	frame: ({ state, size }) => helpFrame(state, size),
};

/** The help after an action; null: it is closed. */
export function updateHelp(
	state: HelpState,
	action: MoveAction | HelpTypes['action'],
	size: Size,
): HelpState | null {
	if (action.type === 'close') return null;
	const total = helpLines(state, size.columns).length;
	const window = { top: state.top, total, height: heightOf(size) };
	return { ...state, top: scrollBy(window, action.step, action.direction) };
}

export function helpFrame(state: HelpState, size: Size): ScreenFrame {
	const all = helpLines(state, size.columns);
	const top = clamp(state.top, 0, Math.max(0, all.length - heightOf(size)));
	const end = Math.min(all.length, top + heightOf(size));
	const position = span(`${top + 1}–${end} of ${all.length} `, 'faint');
	return {
		lines: all.slice(top, end),
		footer: fitEnds([span(' Keys', 'strong')], [position], size.columns),
	};
}

/** All lines of the help. */
export function helpLines({ sections }: Pick<HelpState, 'sections'>, width: number): readonly Line[] {
	const rows = sections.flatMap(({ title, rows: explained }, index): readonly (readonly Span[])[] => [
		...(index === 0 ? [] : [[]]),
		[span(title, 'strong')],
		...explained.flatMap((row) => rowLines(row, width - 1)),
	]);
	return rows.map((spans) => fitLine([span(' '), ...spans], width));
}

/** A sign beside its meaning, which goes on in the next line where it is long; many keys have lines of their own. */
function rowLines({ sign, style, meaning }: HelpRow, width: number): readonly (readonly Span[])[] {
	const signs = wrapWhole(sign, SIGNS_WIDTH - 3);
	const meanings = wrapWhole(meaning, width - SIGNS_WIDTH);
	return Array.from({ length: Math.max(signs.length, meanings.length) }, (_, line) => [
		span(padEnd(`  ${signs[line] ?? ''}`, SIGNS_WIDTH), style),
		span(meanings[line] ?? ''),
	]);
}

function heightOf({ rows }: Size): number {
	return rows - FOOTER_ROWS;
}
