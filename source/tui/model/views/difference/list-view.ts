import { formatCount } from '../../../../text/bytes.ts';
import { cellWidth, cutText } from '../../../../text/width.ts';
import { fitEnds, fitLine } from '../../cells.ts';
import { cursorMark, highlightOf } from '../../frame/highlight.ts';
import { titleLine } from '../../frame/title-line.ts';
import { type Line, type Span, span } from '../../line.ts';
import { type ListView, moveInList, type Step, topOf } from '../../list-window.ts';
import type { OpenedDifference } from '../../opened-difference.ts';
import type { CommonAction, HelpSection, Scene, View, ViewTab } from '../view.ts';
import type { DetailRow } from './detail-rows.ts';
import { heading } from './heading.ts';
import { contentWidth, type PaneContent, pairColumns } from './pair-frame.ts';
import { type PairLayout, type PairPane, pairLayout } from './pair-layout.ts';
import { detailsWindow, initialPair, otherPane, type PairState, scrollDetails } from './pair-state.ts';

/** A view on a list of what differs, with details of the item under the cursor. */
export interface ListDescription<Item extends object, Pane extends string> {
	readonly title: string;
	readonly panes: Readonly<Record<PairPane, Pane>>;
	readonly help: HelpSection;
	readonly tab: (subject: OpenedDifference) => ViewTab;
	readonly items: (subject: OpenedDifference) => readonly Item[];
	/** What the columns of the list are called. */
	readonly head: (subject: OpenedDifference, width: number) => string;
	/** A fact about the whole list; may be empty. */
	readonly facts: (subject: OpenedDifference) => string;
	/** The columns of an item, behind the mark of the cursor. */
	readonly row: (item: Item, subject: OpenedDifference, width: number) => readonly Span[];
	/** What an item is called, safe for a terminal. */
	readonly nameOf: (item: Item, subject: OpenedDifference) => string;
	readonly details: (item: Item, subject: OpenedDifference, width: number) => readonly DetailRow[];
	/** What an empty list says. */
	readonly empty: string;
}

export interface ListState extends PairState {
	readonly index: number;
	/** The line of its window that the cursor is on. */
	readonly line: number;
}

/** The types of a view that is made from a description. */
export interface ListTypes<Pane extends string> {
	readonly subject: OpenedDifference;
	readonly state: ListState;
	/** It has no actions but those of every view. */
	readonly action: never;
	readonly pane: Pane;
	readonly layout: PairLayout;
}

type ListScene<Pane extends string> = Scene<ListTypes<Pane>>;

export function listView<Item extends object, Pane extends string>(
	description: ListDescription<Item, Pane>,
): View<ListTypes<Pane>> {
	const { title, panes, help, tab } = description;
	const list = new DescribedList(description);
	return {
		kind: 'difference',
		tab,
		title,
		panes: [panes.list, panes.details],
		keys: [],
		help,
		initial: () => ({ ...initialPair, index: 0, line: 0 }),
		follow: (state) => state,
		focus: ({ focus }) => panes[focus],
		filter: null,
		layout: pairLayout,
		update: (scene, action) => ({ state: updated(list, scene, action), effects: [] }),
		frame: (scene) => {
			const { subject, size, layout, state } = scene;
			const contents = { list: listPane(list, scene), details: detailsPane(list, scene) };
			return {
				heading: heading(subject, size.columns),
				columns: pairColumns(layout, state.focus, contents),
				footer: placeLine(list, scene),
			};
		},
		arrive: () => [],
		pending: () => [],
	};
}

/** The items of a description, and their details as last asked for: wrapping a long text takes longer than a key may. */
class DescribedList<Item extends object, Pane extends string> {
	readonly description: ListDescription<Item, Pane>;
	readonly #items = new WeakMap<OpenedDifference, readonly Item[]>();
	readonly #details = new WeakMap<Item, { readonly width: number; readonly lines: readonly Line[] }>();

	constructor(description: ListDescription<Item, Pane>) {
		this.description = description;
	}

	itemsOf(subject: OpenedDifference): readonly Item[] {
		const items = this.#items.get(subject) ?? this.description.items(subject);
		this.#items.set(subject, items);
		return items;
	}

	detailsOf({ subject, state, layout }: ListScene<Pane>): readonly Line[] {
		const item = this.itemsOf(subject).at(state.index);
		if (item === undefined) return [];
		const width = contentWidth(layout.panes.details);
		const known = this.#details.get(item);
		if (known?.width === width) return known.lines;
		const rows = this.description.details(item, subject, width - 1);
		const lines = rows.map((row) => fitLine([span(' '), ...row], width));
		this.#details.set(item, { width, lines });
		return lines;
	}
}

function updated<Item extends object, Pane extends string>(
	list: DescribedList<Item, Pane>,
	scene: ListScene<Pane>,
	action: CommonAction,
): ListState {
	const { state } = scene;
	switch (action.type) {
		case 'move':
			return moved(list, scene, action);
		case 'focus-next':
			return otherPane(state);
		case 'step-out':
			return state.focus === 'list' ? state : otherPane(state);
		case 'focus-filtered':
		case 'filter':
			return state;
	}
}

function moved<Item extends object, Pane extends string>(
	list: DescribedList<Item, Pane>,
	scene: ListScene<Pane>,
	{ step, direction }: { readonly step: Step; readonly direction: 1 | -1 },
): ListState {
	const { state, layout } = scene;
	if (state.focus === 'details') {
		const { height } = layout.panes.details;
		const window = detailsWindow(state, list.detailsOf(scene).length, height);
		return scrollDetails(state, window, { step, direction });
	}
	const { index, line } = moveInList(listOf(list, scene), step, direction);
	return index === state.index ? state : { ...state, index, line, detailsTop: 0 };
}

function listOf<Item extends object, Pane extends string>(
	list: DescribedList<Item, Pane>,
	{ state, subject, layout }: ListScene<Pane>,
): ListView {
	const { index, line } = state;
	return { total: list.itemsOf(subject).length, height: layout.panes.list.height, index, line };
}

function listPane<Item extends object, Pane extends string>(
	list: DescribedList<Item, Pane>,
	scene: ListScene<Pane>,
): PaneContent {
	const { state, subject, layout } = scene;
	const { description } = list;
	const { width, height } = layout.panes.list;
	const items = list.itemsOf(subject);
	const top = topOf(listOf(list, scene));
	const inner = width - 1;
	const lines = items.slice(top, top + height).map((item, line) => {
		const focus = { isSelected: top + line === state.index, isFocused: state.focus === 'list' };
		const spans = [cursorMark(focus), ...description.row(item, subject, inner - 1)];
		return fitLine(spans, inner, highlightOf(focus));
	});
	const name = description.head(subject, inner - 1);
	const facts = description.facts(subject);
	// Facts that are cut say less than the columns below.
	const title = { name, facts: cellWidth(name) + cellWidth(facts) + 7 > width ? '' : facts };
	return {
		title: titleLine(title, width, state.focus === 'list'),
		lines: items.length === 0 ? [fitLine([span(` ${description.empty}`, 'faint')], inner)] : lines,
		window: { top, total: items.length, height },
	};
}

function detailsPane<Item extends object, Pane extends string>(
	list: DescribedList<Item, Pane>,
	scene: ListScene<Pane>,
): PaneContent {
	const { state, subject, layout } = scene;
	const { width, height } = layout.panes.details;
	const all = list.detailsOf(scene);
	const window = detailsWindow(state, all.length, height);
	const item = list.itemsOf(subject).at(state.index);
	const name = item === undefined ? 'Details' : list.description.nameOf(item, subject);
	return {
		title: titleLine({ name, facts: '' }, width, state.focus === 'details'),
		lines: all.slice(window.top, window.top + height),
		window,
	};
}

function placeLine<Item extends object, Pane extends string>(
	list: DescribedList<Item, Pane>,
	scene: ListScene<Pane>,
): Line {
	const { state, subject, size } = scene;
	const items = list.itemsOf(subject);
	const item = items.at(state.index);
	if (item === undefined) return fitLine([span(` ${list.description.empty}`, 'faint')], size.columns);
	const position = `${formatCount(state.index + 1)} / ${formatCount(items.length)} `;
	const name = cutText(list.description.nameOf(item, subject), size.columns - cellWidth(position) - 3);
	return fitEnds([span(` ${name}`)], [span(position, 'faint')], size.columns);
}
