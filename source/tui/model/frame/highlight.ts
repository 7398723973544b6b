import { type Highlight, type Span, span } from '../line.ts';

/** A row of a list: whether the cursor is on it, and whether keys go to the pane that it is in. */
export interface RowFocus {
	readonly isSelected: boolean;
	readonly isFocused: boolean;
}

/** How the row is set off. */
export function highlightOf({ isSelected, isFocused }: RowFocus): Highlight {
	if (!isSelected) return 'none';
	return isFocused ? 'focused' : 'unfocused';
}

/** The first cell of the row: it shows the cursor also where a terminal shows neither colour nor inverse text. */
export function cursorMark({ isSelected, isFocused }: RowFocus): Span {
	if (!isSelected) return span(' ');
	return isFocused ? span('❯', 'strong') : span('›', 'strong');
}
