import { Prepared, type Steps, sortInSteps } from '../../../../steps.ts';
import { filterList, type ListFilter, noListFilter } from '../../filter/list-filter.ts';
import type { ItemSource } from './item-source.ts';

/** What is asked about each item. */
export interface ItemFacts<Item> {
	/** What a filter looks for it in. */
	readonly texts: (item: Item) => readonly string[];
	/** What each order sorts by; null for the order of the items. */
	readonly keys: readonly (SortKey<Item> | null)[];
}

export type SortKey<Item> =
	/** The greatest comes first. */
	| { readonly kind: 'amount'; readonly of: (item: Item) => number }
	/** In the order of the alphabet. */
	| { readonly kind: 'text'; readonly of: (item: Item) => string };

/** The items that a list shows, in their order. */
export interface ShownItems {
	readonly count: number;
	/** The position among all items of the one in a row. */
	indexAt(row: number): number;
	/** The row of an item; null where it is not shown. */
	rowOf(index: number): number | null;
}

export interface ItemChoice {
	/** The text of a filter; empty for all items. */
	readonly filter: string;
	/** The position of the order. */
	readonly order: number;
	readonly isReversed: boolean;
}

const ITEMS_A_STEP = 512;
/** Items that a filter looks at before its first frame. */
const SEARCHED_AT_ONCE = 4096;

interface Search {
	/** As it is shown. */
	filter: ListFilter;
	/** What was found, ascending. */
	readonly indexes: number[];
	/** The first item that was not looked at. */
	next: number;
}

/** The items of a list with what is worked out of all of them, once: ahead of time, or when it is needed. */
export class KnownItems<Item> {
	readonly source: ItemSource<Item>;
	readonly #textsOf: ItemFacts<Item>['texts'];
	/** Of the first items, as far as they were needed. */
	readonly #texts: (readonly string[])[] = [];
	readonly #orders: readonly (Prepared<readonly number[]> | null)[];
	#search: Search = { filter: noListFilter, indexes: [], next: 0 };
	#shown: { readonly choice: ItemChoice; readonly filter: ListFilter; readonly items: ShownItems } | null =
		null;
	#isPrepared = false;

	constructor(source: ItemSource<Item>, { texts, keys }: ItemFacts<Item>) {
		this.source = source;
		this.#textsOf = texts;
		this.#orders = keys.map((key) => (key === null ? null : new Prepared(ordered(source, key))));
	}

	/** Whether nothing is left to do ahead of time, nor of a search. */
	get isPrepared(): boolean {
		return this.#isPrepared && this.#search.next >= this.source.length;
	}

	/** Finishes a search, and works out what filters and orders need, in steps that can be stopped and continued. */
	*prepare(): Steps<void> {
		yield* this.#searchOn();
		while (this.#texts.length < this.source.length) {
			this.#needTexts(this.#texts.length + ITEMS_A_STEP);
			yield;
		}
		for (const order of this.#orders) if (order !== null) yield* order.prepare();
		this.#isPrepared = true;
	}

	/** What a filter finds. In a long list that is what it finds in the first items, until the rest has been looked through by `prepare`. */
	filter(text: string): ListFilter {
		if (this.#search.filter.text === text) return this.#search.filter;
		this.#search = { filter: { ...noListFilter, text }, indexes: [], next: 0 };
		this.#searchTo(SEARCHED_AT_ONCE);
		this.#publish();
		return this.#search.filter;
	}

	*#searchOn(): Steps<void> {
		const search = this.#search;
		if (search.next >= this.source.length) return;
		while (search === this.#search && search.next < this.source.length) {
			this.#searchTo(search.next + ITEMS_A_STEP);
			yield;
		}
		if (search === this.#search) this.#publish();
	}

	/** Looks through the items before `end`. */
	#searchTo(end: number): void {
		const search = this.#search;
		const { text } = search.filter;
		const to = Math.min(end, this.source.length);
		if (text === '') search.next = this.source.length;
		if (search.next >= to) return;
		this.#needTexts(to);
		const part = filterList(this.#texts.slice(search.next, to), text);
		const { next } = search;
		for (const index of part.indexes ?? []) search.indexes.push(next + index);
		search.next = to;
		// What is no filter shows everything.
		if (part.indexes !== null) return;
		search.filter = part;
		search.next = this.source.length;
	}

	#publish(): void {
		const { filter, indexes } = this.#search;
		if (filter.text === '' || filter.problem !== null || this.#isNoFilter()) return;
		this.#search.filter = { ...filter, indexes: [...indexes], found: indexes.length };
	}

	/** Whether the text is only the beginning of a filter. */
	#isNoFilter(): boolean {
		return filterList([], this.#search.filter.text).indexes === null;
	}

	#needTexts(end: number): void {
		const from = this.#texts.length;
		for (const item of this.source.slice(from, Math.min(end, this.source.length)))
			this.#texts.push(this.#textsOf(item));
	}

	show(choice: ItemChoice): ShownItems {
		const filter = this.filter(choice.filter);
		const last = this.#shown;
		if (last !== null && last.filter === filter && isSame(last.choice, choice)) return last.items;
		const items = this.#work(choice);
		this.#shown = { choice, filter, items };
		return items;
	}

	#work({ filter, order, isReversed }: ItemChoice): ShownItems {
		const found = this.filter(filter).indexes;
		const sorted = this.#orders.at(order)?.get() ?? null;
		const indexes = sorted === null || found === null ? (sorted ?? found) : onlyThose(found, sorted);
		const count = indexes?.length ?? this.source.length;
		const turned = (row: number) => (isReversed ? count - 1 - row : row);
		return {
			count,
			indexAt: (row) => (indexes === null ? turned(row) : indexes[turned(row)]),
			rowOf: (index) => {
				const place = indexes === null ? index : indexes.indexOf(index);
				return place < 0 || place >= count ? null : turned(place);
			},
		};
	}
}

function isSame(left: ItemChoice, right: ItemChoice): boolean {
	return left.filter === right.filter && left.order === right.order && left.isReversed === right.isReversed;
}

function* ofEach<Item, Value>(
	source: ItemSource<Item>,
	factOf: (item: Item) => Value,
): Steps<readonly Value[]> {
	const values: Value[] = [];
	for (let start = 0; start < source.length; start += ITEMS_A_STEP) {
		for (const item of source.slice(start, start + ITEMS_A_STEP)) values.push(factOf(item));
		yield;
	}
	return values;
}

function* ordered<Item>(source: ItemSource<Item>, key: SortKey<Item>): Steps<readonly number[]> {
	if (key.kind === 'amount') {
		const amounts = yield* ofEach(source, key.of);
		return yield* sortInSteps([...amounts.keys()], (left, right) => amounts[right] - amounts[left]);
	}
	const texts = yield* ofEach(source, key.of);
	return yield* sortInSteps([...texts.keys()], (left, right) => compareText(texts[left], texts[right]));
}

function compareText(left: string, right: string): number {
	return left < right ? -1 : Number(left > right);
}

/** The items of an order that were found. */
function onlyThose(found: readonly number[], sorted: readonly number[]): readonly number[] {
	const isFound = new Uint8Array(sorted.length);
	for (const index of found) isFound[index] = 1;
	return sorted.filter((index) => isFound[index] === 1);
}
