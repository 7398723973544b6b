import { padEnd, spansWidth } from '../../../cells.ts';
import { type FrameColumn, fillLines } from '../../../frame/frame-column.ts';
import { scrollbar } from '../../../frame/scrollbar.ts';
import { type Line, span } from '../../../line.ts';
import type { ScrollWindow } from '../../../list-window.ts';
import type { PaneSize, TwoPane, TwoPaneLayout } from './layout.ts';

export interface PaneContent {
	/** The line above the pane. */
	readonly title: Line;
	/** The visible lines, at most as wide as `contentWidth` says. */
	readonly lines: readonly Line[];
	/** Which of all lines these are. */
	readonly window: ScrollWindow;
}

/** Cells of a pane that its lines may take. The last one shows where in the list the window is. */
export function contentWidth({ width }: PaneSize): number {
	return width - 1;
}

/** The columns of a view with a list and details. */
export function twoPaneColumns(
	layout: TwoPaneLayout,
	focus: TwoPane,
	contents: Readonly<Record<TwoPane, PaneContent>>,
): readonly FrameColumn[] {
	const { height, panes } = layout;
	const lines = (pane: TwoPane) => paneLines(contents[pane], panes[pane]);
	const column = (id: string, width: number, shown: readonly Line[]): FrameColumn => ({
		id,
		width,
		lines: fillLines(shown, width, height),
	});
	switch (layout.details) {
		case 'beside':
			return [
				column('list', panes.list.width, lines('list')),
				{ id: 'divider', width: 1, lines: dividerLines(height) },
				column('details', panes.details.width, lines('details')),
			];
		case 'below':
			return [column('list', panes.list.width, [...lines('list'), ...lines('details')])];
		case 'instead':
			return [column('list', panes.list.width, lines(focus))];
	}
}

function paneLines({ title, lines, window }: PaneContent, { width, height }: PaneSize): readonly Line[] {
	const bar = scrollbar(window);
	const filled = fillLines(lines, width - 1, height);
	const shown = filled.map((line, index): Line => {
		const missing = Math.max(0, width - 1 - spansWidth(line.spans));
		const end = [span(padEnd('', missing)), span(bar[index] ?? ' ', 'rule')];
		return { ...line, spans: [...line.spans, ...end] };
	});
	return [title, ...shown];
}

function dividerLines(height: number): readonly Line[] {
	return Array.from({ length: height }, (_, line) => ({
		spans: [span(line === 0 ? '┬' : '│', 'rule')],
		highlight: 'none',
	}));
}
