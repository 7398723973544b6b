import { type Highlight, type Span, span } from '../line.ts';

/** Whether the cursor is on a row, and whether the row's pane has the keys. */
export interface RowFocus {
	readonly isSelected: boolean;
	readonly isFocused: boolean;
}

/** How the row is highlighted. */
export function highlightOf({ isSelected, isFocused }: RowFocus): Highlight {
	if (!isSelected) return 'none';
	return isFocused ? 'focused' : 'unfocused';
}

/** The first cell of the row. It shows the cursor even where a terminal has neither colour nor inverse text. */
export function cursorMark({ isSelected, isFocused }: RowFocus): Span {
	if (!isSelected) return span(' ');
	return isFocused ? span('❯', 'strong') : span('›', 'strong');
}
