import type { KeyOf } from '../../bindings/key-labels.ts';
import type { ExportedCell } from '../../effects/exported-table.ts';
import type { ListFilter } from '../../filter/list-filter.ts';
import type { Line, Span } from '../../line.ts';
import type { Subject } from '../../subject.ts';
import type { FilePlace, HelpSection, Scene, ViewTab } from '../view.ts';
import type { ItemSource } from './item-source.ts';
import type { DetailPart } from './row-list.ts';
import type { TwoPane, TwoPaneLayout } from './two-panes/layout.ts';
import type { TwoPaneState } from './two-panes/state.ts';

/** A view on a list of what is in an image, or of what differs between two, with details of the item under the cursor. */
export interface ListDescription<Shown extends Subject, Item extends object, Pane extends string> {
	readonly kind: Shown['kind'];
	readonly title: string;
	readonly panes: Readonly<Record<TwoPane, Pane>>;
	readonly help: HelpSection;
	readonly tab: (subject: Shown) => ViewTab;
	/** The line above the list: what is shown, and what it comes to. Without keys, as in text, it names none. */
	readonly heading: (subject: Shown, columns: number, keyOf: KeyOf | null) => Line;
	/** Those of a long list are put together only when they are looked at; what is not known yet has no items. */
	readonly items: (subject: Shown) => ItemSource<Item>;
	/** What the columns of the list are called; `sorted` adds an arrow to the one that the list is sorted by. */
	readonly head: (subject: Shown, width: number, sorted: (column: string) => string) => string;
	/** A fact about the whole list; may be empty. */
	readonly facts: (subject: Shown) => string;
	/** The columns of an item, behind the mark of the cursor. `sortedBy`: the column of the order, for a list that shows not all of them. */
	readonly row: (item: Item, subject: Shown, width: number, sortedBy: string) => readonly Span[];
	/** What an item is called, safe for a terminal. */
	readonly nameOf: (item: Item, subject: Shown) => string;
	/** What a filter looks for an item in, as the user reads it. */
	readonly texts: (item: Item, subject: Shown) => readonly string[];
	/** What `s` sorts by, one after the other; the first one is the order of the items. Empty where only that makes sense. */
	readonly orders: readonly ListOrder<Item, Shown>[];
	readonly details: (item: Item, subject: Shown, width: number) => readonly DetailPart[];
	/** What an empty list says: why there is nothing. */
	readonly empty: (subject: Shown) => string;
	/** Where Enter leads from an item, which a difference has among the files of both images; null for nowhere. Left out where no item leads anywhere. */
	readonly placeOf?: (item: Item, subject: Shown) => FilePlace | null;
	/** Why an item is no path that can be extracted and the like, although Enter leads somewhere; left out where its place is that path. */
	readonly noPath?: string;
	/** What `Y` copies of an item, such as the advice of a finding; null for nothing. */
	readonly textOf?: (item: Item, subject: Shown) => string | null;
	/** What `A` copies of an item: the lines of fathom.yaml that accept it; null for nothing. */
	readonly ruleOf?: (item: Item, subject: Shown) => string | null;
	/** What the line above the details says at its right end. */
	readonly detailFacts?: (item: Item, subject: Shown) => string;
	/** What the list is called in the name of a file, and the columns of that file. */
	readonly exported: { readonly name: string; readonly columns: readonly ExportColumn<Item, Shown>[] };
	/** The command line that gives the same list, without the image. */
	readonly command: readonly string[];
	readonly spoken: {
		/** The details that have to be known before there are items. */
		readonly needs: readonly (keyof Shown['details'] & string)[];
		/** An item in words, what matters first. */
		readonly row: (item: Item, subject: Shown) => string;
	};
}

/** A column of a file with the list: whole values, bytes as numbers, texts safe for a terminal. */
export interface ExportColumn<Item, Shown> {
	readonly name: string;
	readonly cellOf: (item: Item, subject: Shown) => ExportedCell;
}

export interface ListOrder<Item, Shown> {
	/** The column that is sorted by. */
	readonly column: string;
	/** How it is named in the help, such as `by size`. */
	readonly description: string;
	/** The greatest comes first. Null: in the order of the items. */
	readonly amountOf: ((item: Item, subject: Shown) => number) | null;
	/** In place of an amount: in the order of the alphabet. */
	readonly textOf?: (item: Item, subject: Shown) => string;
}

export interface ListState extends TwoPaneState {
	/** The position among all items of the one that the user last went to; null for the one in the top row, whichever that is. The cursor comes back to it once it is shown again. */
	readonly index: number | null;
	/** The line of its window that the cursor is on. */
	readonly line: number;
	readonly filter: ListFilter;
	/** The position in `orders`. */
	readonly order: number;
	readonly isReversed: boolean;
}

export type ListAction =
	| { readonly type: 'next-order' }
	| { readonly type: 'reverse-order' }
	/** All items have been looked through, or all lines of the details are measured. */
	| { readonly type: 'list-prepared' }
	/** Goes to where the item is. */
	| { readonly type: 'go-to-place' };

/** The types of a view that is made from a description. */
export interface ListTypes<Shown extends Subject, Pane extends string> {
	readonly subject: Shown;
	readonly state: ListState;
	readonly action: ListAction;
	readonly pane: Pane;
	readonly layout: TwoPaneLayout;
}

export type ListScene<Shown extends Subject, Pane extends string> = Scene<ListTypes<Shown, Pane>>;
