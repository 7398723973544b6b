import { FOOTER_ROWS, type Size } from '../../../layout.ts';
import { clamp } from '../../../list-window.ts';
import type { PaneArea } from '../../../pointing/pane-area.ts';

/** The list, and the details of what its cursor is on. */
export type TwoPane = 'list' | 'details';

/** The sizes of the two panes of a view on two images, without their titles. */
export interface TwoPaneLayout {
	/** How the details are placed. `instead`: there is room for one pane at a time. */
	readonly details: 'beside' | 'below' | 'instead';
	/** Lines of the columns, with the titles of the panes. */
	readonly height: number;
	readonly panes: Readonly<Record<TwoPane, PaneSize>>;
}

export interface PaneSize {
	readonly width: number;
	readonly height: number;
}

/** The line with the views, and the one that says what is compared. */
export const HEADING_ROWS = 2;
const TITLE_ROWS = 1;
const DIVIDER_COLUMNS = 1;
/** From so many columns on the details are beside the list. */
const BESIDE_COLUMNS = 100;
/** From so many rows on there is room below the list. */
const BELOW_ROWS = 20;
const MAXIMUM_DETAILS = 84;

export function twoPaneLayout({ columns, rows }: Size): TwoPaneLayout {
	const height = Math.max(0, rows - FOOTER_ROWS - HEADING_ROWS);
	const whole = { width: columns, height: Math.max(0, height - TITLE_ROWS) };
	if (columns >= BESIDE_COLUMNS) {
		const width = Math.min(MAXIMUM_DETAILS, Math.floor(columns * 0.38));
		return {
			details: 'beside',
			height,
			panes: {
				list: { ...whole, width: columns - width - DIVIDER_COLUMNS },
				details: { ...whole, width },
			},
		};
	}
	if (rows < BELOW_ROWS) return { details: 'instead', height, panes: { list: whole, details: whole } };
	const below = clamp(Math.floor(height * 0.35), 5, 14);
	return {
		details: 'below',
		height,
		panes: {
			list: { width: columns, height: height - below - 2 * TITLE_ROWS },
			details: { width: columns, height: below },
		},
	};
}

/** Where the panes are. `names`: what the view calls them. */
export function twoPaneAreas<Pane extends string>(
	{ details, panes }: TwoPaneLayout,
	focus: TwoPane,
	names: Readonly<Record<TwoPane, Pane>>,
): readonly PaneArea<Pane>[] {
	const list = { pane: names.list, left: 0, top: TITLE_ROWS, ...panes.list };
	switch (details) {
		case 'beside':
			return [
				list,
				{ ...list, ...panes.details, pane: names.details, left: panes.list.width + DIVIDER_COLUMNS },
			];
		case 'below': {
			const top = panes.list.height + 2 * TITLE_ROWS;
			return [list, { ...list, ...panes.details, pane: names.details, top }];
		}
		case 'instead':
			return [{ ...list, ...panes[focus], pane: names[focus] }];
	}
}
