import type { Steps } from '../../../../steps.ts';
import type { ListFilter } from '../../filter/list-filter.ts';
import { span } from '../../line.ts';
import type { ListView } from '../../list-window.ts';
import type { Subject } from '../../subject.ts';
import { DetailLines } from './detail-lines.ts';
import type { ItemSource } from './item-source.ts';
import { KnownItems, type ShownItems, type SortKey } from './known-items.ts';
import type { ListDescription, ListOrder, ListScene, ListState } from './list-description.ts';
import { contentWidth } from './two-panes/columns.ts';

type Choice = Pick<ListState, 'filter' | 'order' | 'isReversed'>;

interface KnownDetails {
	readonly subject: Subject;
	readonly index: number;
	readonly width: number;
	readonly lines: DetailLines;
}

/** The items of a description, and the details that were last asked for: wrapping a long text takes longer than a key may. */
export class DescribedList<Shown extends Subject, Item extends object, Pane extends string> {
	readonly description: ListDescription<Shown, Item, Pane>;
	readonly #sources = new WeakMap<Shown, ItemSource<Item>>();
	/** What is shown again with more known of something else has the same items. */
	readonly #known = new WeakMap<ItemSource<Item>, KnownItems<Item>>();
	#details: KnownDetails | null = null;

	constructor(description: ListDescription<Shown, Item, Pane>) {
		this.description = description;
	}

	/** The list of which the pane shows a window. */
	viewOf({ state, subject, layout }: ListScene<Shown, Pane>): ListView {
		const { count } = this.shownOf(subject, state);
		const index = this.#rowOf(subject, state);
		return { total: count, height: layout.panes.list.height, index, line: state.line };
	}

	/** The position among all items of the one under the cursor; that of the state where no item is shown. */
	indexOf({ state, subject }: Pick<ListScene<Shown, Pane>, 'state' | 'subject'>): number | null {
		const shown = this.shownOf(subject, state);
		return shown.count === 0 ? state.index : shown.indexAt(this.#rowOf(subject, state));
	}

	shownOf(subject: Shown, { filter, order, isReversed }: Choice): ShownItems {
		return this.#knownOf(subject).show({ filter: filter.text, order, isReversed });
	}

	/** How many items there are, shown or not. */
	countOf(subject: Shown): number {
		return this.#sourceOf(subject).length;
	}

	/** The items in rows `start` to `end - 1`. */
	itemsIn(subject: Shown, choice: Choice, [start, end]: readonly [number, number]): readonly Item[] {
		const shown = this.shownOf(subject, choice);
		const source = this.#sourceOf(subject);
		const rows = Array.from({ length: Math.max(0, Math.min(end, shown.count) - start) });
		return rows.flatMap((_, row) => {
			const index = shown.indexAt(start + row);
			return source.slice(index, index + 1);
		});
	}

	/** The item under the cursor; undefined where no item is shown. */
	itemOf({ state, subject }: Pick<ListScene<Shown, Pane>, 'state' | 'subject'>): Item | undefined {
		const row = this.#rowOf(subject, state);
		return this.itemsIn(subject, state, [row, row + 1])[0];
	}

	/** The row of the cursor. */
	#rowOf(subject: Shown, state: ListState): number {
		return state.index === null ? 0 : (this.shownOf(subject, state).rowOf(state.index) ?? 0);
	}

	filter(subject: Shown, text: string): ListFilter {
		return this.#knownOf(subject).filter(text);
	}

	/** What filters and orders need and is not there yet; null where nothing is missing. */
	preparing(subject: Shown): Steps<void> | null {
		const known = this.#knownOf(subject);
		return known.isPrepared ? null : known.prepare();
	}

	detailsOf(scene: ListScene<Shown, Pane>): DetailLines {
		const { subject, layout } = scene;
		const item = this.itemOf(scene);
		const width = contentWidth(layout.panes.details);
		if (item === undefined) return new DetailLines([[span('Nothing is selected.', 'faint')]], width);
		const index = this.indexOf(scene) ?? 0;
		const last = this.#details;
		if (last?.subject === subject && last.index === index && last.width === width) return last.lines;
		const lines = new DetailLines(this.description.details(item, subject, width - 1), width);
		this.#details = { subject, index, width, lines };
		return lines;
	}

	#sourceOf(subject: Shown): ItemSource<Item> {
		const known = this.#sources.get(subject);
		if (known !== undefined) return known;
		const source = this.description.items(subject);
		this.#sources.set(subject, source);
		return source;
	}

	#knownOf(subject: Shown): KnownItems<Item> {
		const source = this.#sourceOf(subject);
		const known = this.#known.get(source);
		if (known !== undefined) return known;
		const { texts, orders } = this.description;
		const added = new KnownItems(source, {
			texts: (item: Item) => texts(item, subject),
			keys: orders.map((order) => keyOf(order, subject)),
		});
		this.#known.set(source, added);
		return added;
	}
}

function keyOf<Item, Shown>(
	{ amountOf, textOf }: ListOrder<Item, Shown>,
	subject: Shown,
): SortKey<Item> | null {
	if (amountOf !== null) return { kind: 'amount', of: (item) => amountOf(item, subject) };
	return textOf === undefined ? null : { kind: 'text', of: (item) => textOf(item, subject) };
}
