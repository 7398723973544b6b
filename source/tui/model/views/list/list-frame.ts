import { formatCount } from '../../../../text/bytes.ts';
import { escapeForTerminal } from '../../../../text/escape.ts';
import { cellWidth, cutText } from '../../../../text/width.ts';
import { fitEnds, fitLine } from '../../cells.ts';
import { cursorMark, highlightOf } from '../../frame/highlight.ts';
import { titleLine } from '../../frame/title-line.ts';
import { type Line, span } from '../../line.ts';
import { topOf } from '../../list-window.ts';
import type { Subject } from '../../subject.ts';
import type { ViewFrame } from '../view.ts';
import type { DescribedList } from './described-list.ts';
import type { ListScene } from './list-description.ts';
import { type PaneContent, twoPaneColumns } from './two-panes/columns.ts';
import { detailsWindow } from './two-panes/state.ts';

/** Cells of a title that its name, the facts and the rule between them take besides the texts. */
const TITLE_CELLS = 7;

export function listFrame<Shown extends Subject, Item extends object, Pane extends string>(
	list: DescribedList<Shown, Item, Pane>,
	scene: ListScene<Shown, Pane>,
): ViewFrame {
	const { subject, size, layout, state, keyOf } = scene;
	const contents = { list: listPane(list, scene), details: detailsPane(list, scene) };
	return {
		heading: [list.description.heading(subject, size.columns, keyOf)],
		columns: twoPaneColumns(layout, state.focus, contents),
		footer: placeLine(list, scene),
	};
}

function listPane<Shown extends Subject, Item extends object, Pane extends string>(
	list: DescribedList<Shown, Item, Pane>,
	scene: ListScene<Shown, Pane>,
): PaneContent {
	const { state, subject, layout } = scene;
	const { width, height } = layout.panes.list;
	const view = list.viewOf(scene);
	const top = topOf(view);
	const inner = width - 1;
	const items = list.itemsIn(subject, state, [top, top + height]);
	const sortedBy = sortedColumn(list, scene);
	const lines = items.map((item, line) => {
		const focus = { isSelected: top + line === view.index, isFocused: state.focus === 'list' };
		const spans = [cursorMark(focus), ...list.description.row(item, subject, inner - 1, sortedBy)];
		return fitLine(spans, inner, highlightOf(focus));
	});
	const empty = [fitLine([span(` ${emptyReason(list, scene)}`, 'faint')], inner)];
	return {
		title: titleLine(listTitle(list, scene), width, state.focus === 'list'),
		lines: view.total === 0 ? empty : lines,
		window: { top, total: view.total, height },
	};
}

/** The columns, and what is to be said of the whole list where there is room for it: facts that are cut say less than the columns below. */
function listTitle<Shown extends Subject, Item extends object, Pane extends string>(
	list: DescribedList<Shown, Item, Pane>,
	scene: ListScene<Shown, Pane>,
): { readonly name: string; readonly facts: string } {
	const { subject, layout } = scene;
	const { width } = layout.panes.list;
	const name = headOf(list, scene);
	const fits = (text: string) => cellWidth(name) + cellWidth(text) + TITLE_CELLS <= width;
	const choices = choicesText(list, scene);
	const facts = [list.description.facts(subject), choices].filter((text) => text !== '').join(' · ');
	return { name, facts: [facts, choices].find(fits) ?? '' };
}

/** What the user chose and the columns do not show: the order, and the filter. */
function choicesText<Shown extends Subject, Item extends object, Pane extends string>(
	list: DescribedList<Shown, Item, Pane>,
	scene: ListScene<Shown, Pane>,
): string {
	const column = sortedColumn(list, scene);
	const sortedBy = column + arrowOf(scene.state);
	const order =
		column === '' || headOf(list, scene).includes(sortedBy) ? '' : `by ${column} ${arrowOf(scene.state)}`;
	return [order, filterText(scene)].filter((text) => text !== '').join(' · ');
}

/** The column that the list is sorted by; empty where there is no choice. */
function sortedColumn<Shown extends Subject, Item extends object, Pane extends string>(
	{ description }: DescribedList<Shown, Item, Pane>,
	{ state }: ListScene<Shown, Pane>,
): string {
	return description.orders.at(state.order)?.column ?? '';
}

function arrowOf({ isReversed }: ListScene<Subject, string>['state']): '↑' | '↓' {
	return isReversed ? '↑' : '↓';
}

export function headOf<Shown extends Subject, Item extends object, Pane extends string>(
	list: DescribedList<Shown, Item, Pane>,
	scene: ListScene<Shown, Pane>,
): string {
	const { state, subject, layout } = scene;
	const sortedBy = sortedColumn(list, scene);
	const sorted = (column: string) => (column === sortedBy ? column + arrowOf(state) : column);
	return list.description.head(subject, layout.panes.list.width - 2, sorted);
}

/** The filter that is on; empty while it is typed, as it is in the prompt then. */
function filterText<Shown extends Subject, Pane extends string>({
	state,
	isFilterTyped,
}: ListScene<Shown, Pane>): string {
	const { text } = state.filter;
	return text === '' || isFilterTyped ? '' : `filter ${escapeForTerminal(text)}`;
}

/** Why there are no rows. */
function emptyReason<Shown extends Subject, Item extends object, Pane extends string>(
	list: DescribedList<Shown, Item, Pane>,
	{ subject }: ListScene<Shown, Pane>,
): string {
	return list.countOf(subject) === 0 ? list.description.empty(subject) : 'Nothing matches the filter.';
}

function detailsPane<Shown extends Subject, Item extends object, Pane extends string>(
	list: DescribedList<Shown, Item, Pane>,
	scene: ListScene<Shown, Pane>,
): PaneContent {
	const { state, subject, layout } = scene;
	const { width, height } = layout.panes.details;
	const all = list.detailsOf(scene);
	const window = detailsWindow(state, all.total, height);
	const item = list.itemOf(scene);
	const { nameOf, detailFacts } = list.description;
	const name = item === undefined ? 'Details' : nameOf(item, subject);
	const facts = item === undefined ? '' : (detailFacts?.(item, subject) ?? '');
	return {
		title: titleLine({ name, facts }, width, state.focus === 'details'),
		lines: all.slice(window.top, window.top + height),
		window,
	};
}

/** What the cursor is on, and where in the list that is. The order and the filter are here where the title has no room for them. */
function placeLine<Shown extends Subject, Item extends object, Pane extends string>(
	list: DescribedList<Shown, Item, Pane>,
	scene: ListScene<Shown, Pane>,
): Line {
	const { subject, size } = scene;
	const item = list.itemOf(scene);
	const choices = choicesText(list, scene);
	const isInTitle = choices === '' || listTitle(list, scene).facts.endsWith(choices);
	const shownChoices = isInTitle ? '' : `${cutText(choices, Math.floor(size.columns / 2))} · `;
	if (item === undefined) {
		const reason = [span(` ${emptyReason(list, scene)}`, 'faint')];
		return fitEnds(reason, [span(shownChoices.replace(/ · $/, ' '), 'faint')], size.columns);
	}
	const { index, total } = list.viewOf(scene);
	const position = `${shownChoices}${formatCount(index + 1)} of ${formatCount(total)} `;
	const name = cutText(list.description.nameOf(item, subject), size.columns - cellWidth(position) - 3);
	return fitEnds([span(` ${name}`)], [span(position, 'faint')], size.columns);
}
