import { nameLayers, nameOfImage } from '../../../image/image.ts';
import { formatBytes, formatCount, formatPercent } from '../../../text/bytes.ts';
import { escapeForTerminal } from '../../../text/escape.ts';
import { cellWidth, cutText } from '../../../text/width.ts';
import type { Action } from '../action.ts';
import { keysIn } from '../bindings/key-labels.ts';
import { fitEnds, fitLine, spansWidth } from '../cells.ts';
import { type Line, type Span, span } from '../line.ts';
import { leftOut } from '../opened-image.ts';
import { tabOf } from '../shown/shown-view.ts';
import type { ExplorerState } from '../state.ts';
import { type ViewId, views, viewsOf } from '../views/views.ts';
import { shortCount } from './figures.ts';

/** From so many columns on, the line says what the image comes to. */
const VERDICT_COLUMNS = 100;
/** The tabs move together where the line would have less room for that. */
const VERDICT_CELLS = 42;
/** Between the tabs and what the image comes to. */
const BESIDE_TABS = 2;
/** The least of a name that says anything. */
const MINIMUM_NAME = 8;

/** The line that names the views, with the current one in brackets, and what the image comes to where there is room for that. */
export function tabLines(state: ExplorerState): readonly Line[] {
	const ids = viewsOf(state.subject.kind);
	if (ids.length < 2) return [];
	const { columns } = state.size;
	const tabs = tabsWithin(state, ids, columns).map(({ shown }) => shown);
	const verdict =
		columns < VERDICT_COLUMNS ? [] : verdictSpans(state, columns - spansWidth(tabs) - BESIDE_TABS);
	return [verdict.length === 0 ? fitLine(tabs, columns) : fitEnds(tabs, verdict, columns)];
}

/** What a click on that line does, at a column; null where there is no tab. */
export function tabAt(
	state: ExplorerState,
	column: number,
): Extract<Action, { readonly type: 'show-view' }> | null {
	const ids = viewsOf(state.subject.kind);
	if (ids.length < 2) return null;
	let end = 0;
	const found = tabsWithin(state, ids, state.size.columns).find(({ shown }) => {
		end += cellWidth(shown.text);
		return column < end;
	});
	return found === undefined ? null : { type: 'show-view', view: found.view };
}

/** A piece of the line, and the view that it leads to. */
interface Tab {
	readonly view: ViewId;
	readonly shown: Span;
}

/** How much of the tabs is shown: the first way that fits. */
const ways: readonly TabWay[] = [
	{ gap: ' ', count: formatCount },
	{ gap: '', count: formatCount },
	{ gap: null, count: formatCount },
	{ gap: '', count: shortCount },
	{ gap: null, count: formatCount, isOfCurrent: true },
	{ gap: null, count: shortCount, isOfCurrent: true },
	{ gap: null, count: null },
];

interface TabWay {
	/** Between two tabs, each of which has a blank or a bracket at both ends. Null: they share it. */
	readonly gap: string | null;
	readonly count: ((count: number) => string) | null;
	/** Whether the current tab alone has its count. */
	readonly isOfCurrent?: boolean;
}

function tabsWithin(state: ExplorerState, ids: readonly ViewId[], columns: number): readonly Tab[] {
	const all = ways.map((way) => tabsIn(state, ids, way));
	const width = (tabs: readonly Tab[]) => spansWidth(tabs.map(({ shown }) => shown));
	const [wide] = all;
	const hasVerdict = columns >= VERDICT_COLUMNS && state.subject.kind === 'image';
	const isRoomBeside = !hasVerdict || width(wide) + BESIDE_TABS + VERDICT_CELLS <= columns;
	const fitting = isRoomBeside ? all : all.slice(1);
	return fitting.find((tabs) => width(tabs) <= columns) ?? all[all.length - 1];
}

function tabsIn(
	state: ExplorerState,
	ids: readonly ViewId[],
	{ gap, count: word, isOfCurrent = false }: TabWay,
): readonly Tab[] {
	const current = ids.indexOf(state.view);
	const keyOf = keysIn(state.keymap, views[state.view].panes[0]);
	const tabs = ids.flatMap((id, index): readonly Tab[] => {
		const { name, count, isAlarming = false } = tabOf(state, id);
		const isCurrent = index === current;
		const isCounted = isCurrent || !isOfCurrent;
		const counted = count === null || word === null || !isCounted ? '' : ` ${word(count)}`;
		const text = `${keyOf(`view-${index + 1}`)} ${name}${counted}${isAlarming ? '!' : ''}`;
		const before = isCurrent ? '[' : gap === null && (index === 0 || index === current + 1) ? '' : ' ';
		const after = isCurrent ? ']' : gap === null ? '' : ' ';
		const between = index === 0 ? [] : [span(gap ?? '')];
		return [...between, span(before + text + after, isCurrent ? 'heading' : 'plain')].map((shown) => ({
			view: id,
			shown,
		}));
	});
	return tabs.filter(({ shown }) => shown.text !== '');
}

/** The name, the size, what is wasted and the efficiency of one image: as much of it as fits. Nothing where that is not known yet. */
function verdictSpans({ subject }: ExplorerState, room: number): readonly Span[] {
	if (subject.kind !== 'image' || subject.stage.kind === 'reading') return [];
	const { figures } = subject;
	const { totalBytes, wastedBytes, efficiency } = figures;
	const missing = leftOut(subject);
	const lacks = missing.length === 0 ? '' : `, without ${nameLayers(missing)}`;
	const waste = `  ${formatBytes(wastedBytes)} wasted`;
	const share = formatPercent(efficiency);
	const forms = [
		`  ${formatBytes(totalBytes)}${waste}, ${share} efficient`,
		`${waste}, ${share} efficient`,
		`${waste}, eff. ${share}`,
		waste,
	].map((form) => `${form}${lacks} `);
	const name = escapeForTerminal(nameOfImage(subject));
	const namedIn = (cells: number) => forms.find((form) => room >= cellWidth(form) + cells);
	const named = namedIn(cellWidth(name)) ?? namedIn(MINIMUM_NAME);
	if (named !== undefined)
		return [span(cutText(name, room - cellWidth(named), 'start'), 'strong'), span(named, 'faint')];
	const alone = forms.find((form) => room >= cellWidth(form));
	return alone === undefined ? [] : [span(alone, 'faint')];
}
