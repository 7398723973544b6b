import type { ExportedTable } from '../../effects/exported-table.ts';
import { noListFilter } from '../../filter/list-filter.ts';
import { moveInList, type Step, topOf } from '../../list-window.ts';
import { type PanePlace, TITLE_INDENT, TITLE_LINE, wordAt } from '../../pointing/pane-area.ts';
import { type Remembering, switchOf } from '../../remembered/remembered.ts';
import type { Subject } from '../../subject.ts';
import type { CommonAction, FilePlace, Selection, View, ViewStep } from '../view.ts';
import { DescribedList } from './described-list.ts';
import type { ListAction, ListDescription, ListScene, ListState, ListTypes } from './list-description.ts';
import { headOf, listFrame } from './list-frame.ts';
import { listKeys } from './list-keys.ts';
import { spokenList } from './spoken-list.ts';
import { twoPaneAreas, twoPaneLayout } from './two-panes/layout.ts';
import { detailsWindow, initialTwoPanes, otherPane, scrollDetails } from './two-panes/state.ts';

export function listView<Shown extends Subject, Item extends object, Pane extends string>(
	description: ListDescription<Shown, Item, Pane>,
): View<ListTypes<Shown, Pane>> {
	const { kind, title, panes, help, tab } = description;
	const list = new DescribedList(description);
	return {
		kind,
		tab,
		title,
		panes: [panes.list, panes.details],
		keys: listKeys(description),
		help,
		initial: () => initialList,
		follow: (state) => state,
		focus: ({ focus }) => panes[focus],
		filter: ({ filter }) => filter,
		layout: twoPaneLayout,
		selection: (scene) => selectionOf(list, scene),
		exported: (scene) => exportedList(list, scene),
		update: (scene, action) => step(list, scene, action),
		frame: (scene) => listFrame(list, scene),
		spoken: spokenList(list),
		paneAreas: ({ layout, state }) => twoPaneAreas(layout, state.focus, panes),
		arrive: () => [],
		pending: (scene) => {
			const details = list.detailsOf(scene);
			const works = [details.isWhole ? null : details.prepare(), list.preparing(scene.subject)];
			return works
				.filter((steps) => steps !== null)
				.map((steps) => ({ type: 'prepare-list', steps, done: { type: 'list-prepared' } }));
		},
		remembering: orderRemembering(description.orders.map(({ column }) => column)),
	};
}

/** The order by its column, whose place may be another one in the next version. */
function orderRemembering(columns: readonly string[]): Remembering<ListState> {
	return {
		actions: ['next-order', 'reverse-order', 'point'],
		choicesOf: ({ order, isReversed }) => ({ order: columns[order] ?? '', isReversed }),
		withChoices: (state, { order, isReversed }) => ({
			...state,
			order: Math.max(0, columns.indexOf(String(order))),
			isReversed: switchOf(isReversed, false),
		}),
	};
}

/** What is shown, with its filter and in its order. */
function exportedList<Shown extends Subject, Item extends object, Pane extends string>(
	list: DescribedList<Shown, Item, Pane>,
	{ subject, state }: ListScene<Shown, Pane>,
): ExportedTable {
	const { name, columns } = list.description.exported;
	const slice = (start: number, end: number) => list.itemsIn(subject, state, [start, end]);
	return {
		name,
		columns: columns.map((column) => column.name),
		count: list.shownOf(subject, state).count,
		rows: (start, end) => slice(start, end).map((item) => columns.map(({ cellOf }) => cellOf(item, subject))),
		items: { slice },
	};
}

const initialList: ListState = {
	...initialTwoPanes,
	index: null,
	line: 0,
	filter: noListFilter,
	order: 0,
	isReversed: false,
};

function step<Shown extends Subject, Item extends object, Pane extends string>(
	list: DescribedList<Shown, Item, Pane>,
	scene: ListScene<Shown, Pane>,
	action: CommonAction | ListAction,
): ViewStep<ListTypes<Shown, Pane>> {
	if (action.type !== 'go-to-place') return { state: updated(list, scene, action), effects: [] };
	return { state: scene.state, effects: [], goTo: placeOf(list, scene) };
}

function placeOf<Shown extends Subject, Item extends object, Pane extends string>(
	list: DescribedList<Shown, Item, Pane>,
	scene: ListScene<Shown, Pane>,
): FilePlace | null {
	const item = list.itemOf(scene);
	return item === undefined ? null : (list.description.placeOf?.(item, scene.subject) ?? null);
}

function selectionOf<Shown extends Subject, Item extends object, Pane extends string>(
	list: DescribedList<Shown, Item, Pane>,
	scene: ListScene<Shown, Pane>,
): Selection {
	const { command, nameOf, textOf, ruleOf, noPath = null } = list.description;
	const item = list.itemOf(scene);
	const { subject } = scene;
	return {
		place: noPath === null ? placeOf(list, scene) : null,
		noPlace: noPath,
		name: item === undefined ? null : nameOf(item, subject),
		text: item === undefined ? null : (textOf?.(item, subject) ?? null),
		rule: item === undefined ? null : (ruleOf?.(item, subject) ?? null),
		command,
	};
}

function updated<Shown extends Subject, Item extends object, Pane extends string>(
	list: DescribedList<Shown, Item, Pane>,
	scene: ListScene<Shown, Pane>,
	action: CommonAction | Exclude<ListAction, { readonly type: 'go-to-place' }>,
): ListState {
	const { state, subject } = scene;
	switch (action.type) {
		case 'move':
			return moved(list, scene, action);
		case 'point':
			return pointed(list, scene, action);
		case 'focus-next':
			return otherPane(state);
		case 'focus-filtered':
			return { ...state, focus: 'list' };
		case 'filter-kept':
			return state;
		case 'filter':
			return { ...state, filter: list.filter(subject, action.text), detailsTop: 0 };
		case 'step-out':
			// Without the filter, the cursor stays on its item.
			if (state.filter.text !== '') return { ...state, index: list.indexOf(scene), filter: noListFilter };
			return state.focus === 'list' ? state : otherPane(state);
		case 'list-prepared': {
			const found = list.filter(subject, state.filter.text);
			// Details that are longer than they were are drawn anew.
			return found === state.filter && list.detailsOf(scene).wasWhole ? state : { ...state, filter: found };
		}
		case 'next-order':
			return {
				...state,
				order: (state.order + 1) % list.description.orders.length,
				isReversed: false,
			};
		case 'reverse-order':
			return { ...state, isReversed: !state.isReversed };
	}
}

function moved<Shown extends Subject, Item extends object, Pane extends string>(
	list: DescribedList<Shown, Item, Pane>,
	scene: ListScene<Shown, Pane>,
	{ step, direction }: { readonly step: Step; readonly direction: 1 | -1 },
): ListState {
	const { state, subject, layout } = scene;
	if (state.focus === 'details') {
		const { height } = layout.panes.details;
		const window = detailsWindow(state, list.detailsOf(scene).total, height);
		return scrollDetails(state, window, { step, direction });
	}
	const view = list.viewOf(scene);
	const { index: position, line } = moveInList(view, step, direction);
	if (position === view.index) return state;
	// At the top, the list stays there however it is sorted next. A filter has another top.
	const isTop = position === 0 && state.filter.text === '';
	const index = isTop ? null : list.shownOf(subject, state).indexAt(position);
	return { ...state, index, line, detailsTop: 0 };
}

/** A click on an item chooses it, one on the title of a column sorts by it, or the other way round. */
function pointed<Shown extends Subject, Item extends object, Pane extends string>(
	list: DescribedList<Shown, Item, Pane>,
	scene: ListScene<Shown, Pane>,
	{ pane, line, cell }: PanePlace,
): ListState {
	const { subject } = scene;
	const { orders, panes } = list.description;
	const state: ListState = { ...scene.state, focus: pane === panes.details ? 'details' : 'list' };
	if (state.focus === 'details' || line === null) return state;
	if (line !== TITLE_LINE) {
		const items = list.shownOf(subject, state);
		const row = topOf(list.viewOf(scene)) + line;
		return row < items.count ? { ...state, index: items.indexAt(row), line, detailsTop: 0 } : state;
	}
	const columns = orders.map(({ column }) => column);
	const order = wordAt(headOf(list, scene), columns, cell - TITLE_INDENT);
	if (order === null) return state;
	return {
		...state,
		order,
		isReversed: order === state.order && !state.isReversed,
	};
}
