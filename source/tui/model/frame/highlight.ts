import type { PaneId } from '../layout.ts';
import { type Highlight, type Span, span } from '../line.ts';
import type { ExplorerState } from '../state.ts';

/** How a row of a pane is set off. */
export function highlightOf(state: ExplorerState, pane: PaneId, isSelected: boolean): Highlight {
	if (!isSelected) return 'none';
	return state.focus === pane ? 'focused' : 'unfocused';
}

/** The first cell of a row: it shows the cursor also where a terminal shows neither colour nor inverse text. */
export function cursorMark(state: ExplorerState, pane: PaneId, isSelected: boolean): Span {
	if (!isSelected) return span(' ');
	return state.focus === pane ? span('❯', 'strong') : span('›', 'strong');
}
