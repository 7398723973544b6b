import { escapeForTerminal } from '../../../../../text/escape.ts';
import type { StyleName } from '../../../line.ts';
import { type DetailRow, field, searchedText, textRows } from '../../list/detail-rows.ts';
import type { FilePlace } from '../../view.ts';

/** A row of what is known of an image as a whole. Texts are safe for a terminal. */
export interface ImageRow {
	readonly kind: 'section' | 'step' | 'value';
	readonly name: string;
	/** In one line; it is cut where there is no room for it. */
	readonly value: string;
	readonly style: StyleName;
	/** The cells in which a figure ends at the right, so that figures below each other can be compared; 0 for what is none. */
	readonly figureWidth: number;
	/** What stands in front of it; empty for nothing. */
	readonly mark: '' | '!';
	/** Of a step that made a layer: what it ships and wastes, bytes. */
	readonly figures: { readonly shippedBytes: number; readonly wastedBytes: number } | null;
	/** The day on which a step was done; empty where it is not known. */
	readonly day: string;
	/** What a filter looks for it in, besides the name and the value. */
	readonly texts: readonly string[];
	readonly details: (width: number) => readonly DetailRow[];
	/** Where Enter leads; null for nowhere. */
	readonly place: FilePlace | null;
	/** What `Y` copies. */
	readonly copied: string | null;
}

/** More of a value than a row can show. */
const MAXIMUM_SHOWN = 400;

const nothing = {
	mark: '',
	figureWidth: 0,
	figures: null,
	day: '',
	texts: [],
	place: null,
	copied: null,
} as const;

/** A heading within the list, with what is to be known of all that follows it. */
export function sectionRow(name: string, details: (width: number) => readonly DetailRow[]): ImageRow {
	return { ...nothing, kind: 'section', name, value: '', style: 'heading', details };
}

/** A value that the image states, hostile as it is. The details have all of it. */
export function valueRow(name: string, value: string, others: Partial<ImageRow> = {}): ImageRow {
	const shown = escapeForTerminal(value.slice(0, MAXIMUM_SHOWN).replace(/\s+/g, ' '));
	return {
		...nothing,
		kind: 'value',
		name: escapeForTerminal(name.slice(0, MAXIMUM_SHOWN)),
		value: shown === '' ? '""' : shown,
		style: 'plain',
		texts: value.length > MAXIMUM_SHOWN ? [searchedText(value)] : [],
		details: (width) => textRows(value, width),
		copied: escapeForTerminal(value),
		...others,
	};
}

/** A value with a sentence about it. */
export function explainedRow(name: string, value: string, meaning: string): ImageRow {
	return valueRow(name, value, {
		details: (width) => [...field('value', value, { width }), ...field('meaning', meaning, { width })],
	});
}
