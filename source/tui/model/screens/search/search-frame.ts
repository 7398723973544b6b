import { describedBy } from '../../../../filetree/brought-by.ts';
import { type ChangeKind, changeKinds, REMOVED } from '../../../../filetree/file-tree.ts';
import { formatBytes, formatCount } from '../../../../text/bytes.ts';
import { escapeForTerminal } from '../../../../text/escape.ts';
import { formatInstruction, instructionLines } from '../../../../text/instruction.ts';
import { cutText } from '../../../../text/width.ts';
import { fitEnds, fitLine, padEnd, padStart } from '../../cells.ts';
import { changeMark } from '../../frame/change-letters.ts';
import { changeWords } from '../../frame/change-words.ts';
import { cursorMark, highlightOf } from '../../frame/highlight.ts';
import { shownPath } from '../../frame/names.ts';
import { scrollbar } from '../../frame/scrollbar.ts';
import { titleLine } from '../../frame/title-line.ts';
import { wrapWhole } from '../../frame/wrap-whole.ts';
import { type Line, type Span, span } from '../../line.ts';
import { topOf } from '../../list-window.ts';
import { noUsableFilter } from '../../prompt/prompt.ts';
import type { Subject } from '../../subject.ts';
import { instructionOf } from '../instruction-of.ts';
import type { ScreenFrame } from '../screen.ts';
import { type SearchOrder, type SearchResult, searchOrders } from './layer-search.ts';
import { SEARCH_TITLE } from './search-keys.ts';
import { type FoundRow, rowAt, type SearchList, searchList } from './search-list.ts';
import type { SearchScene } from './search-types.ts';

const LAYER_WIDTH = 6;
const BYTES_WIDTH = 9;
const INSTRUCTION_WIDTH = 40;
/** From so many columns on there is room for instructions. */
const WIDE_COLUMNS = 130;

/** The text, what any layer did to what it finds, and of the row under the cursor all of that. */
export function searchFrame(scene: SearchScene): ScreenFrame {
	const { size, subject, state } = scene;
	const { columns } = size;
	const list = searchList(scene);
	const top = topOf(list.view);
	const bar = scrollbar({ top, total: list.view.total, height: list.view.height });
	const rows = Array.from({ length: Math.min(list.view.height, list.view.total - top) }, (_, line) => {
		const focus = { isSelected: top + line === list.view.index, isFocused: !state.isTyped };
		const spans = [cursorMark(focus), ...rowSpans(rowAt(scene, list, top + line), subject, columns - 2)];
		const text = fitLine(spans, columns - 1, 'unfocused').spans;
		return fitLine([...text, span(bar[line], 'rule')], columns, highlightOf(focus));
	});
	const chosen = list.view.total === 0 ? null : rowAt(scene, list, list.view.index);
	const body = chosen === null ? emptyLines(scene, list) : rows;
	const filled = [
		...body,
		...Array.from({ length: list.view.height - body.length }, () => fitLine([], columns)),
	];
	return {
		lines: [
			titleLine({ name: SEARCH_TITLE, facts: factsText(list) }, columns, true),
			inputLine(scene),
			fitLine([span(headText(scene), 'faint')], columns),
			...filled,
			...(list.detailRows === 0 || chosen === null ? [] : detailLines(scene, chosen, list.detailRows)),
		],
		footer: placeLine(scene, list, chosen),
	};
}

function factsText({ result }: SearchList): string {
	if (result?.kind !== 'found') return '';
	const { nodes, leftOut, layerCount } = result.found;
	const count = nodes.length + leftOut;
	const layers = layerCount === 1 ? '1 layer' : `${layerCount} layers`;
	return [
		count === 1 ? '1 change' : `${formatCount(count)} changes`,
		`in ${layers}`,
		...(leftOut === 0 ? [] : [`· ${formatCount(nodes.length)} largest shown`]),
	].join(' ');
}

function inputLine({ state, size }: SearchScene): Line {
	const { text, cursor } = state.input;
	const shown = (part: string) => span(escapeForTerminal(part));
	const [under = ' '] = text.slice(cursor);
	const typed = state.isTyped
		? [
				shown(text.slice(0, cursor)),
				span(escapeForTerminal(under), 'caret'),
				shown(text.slice(cursor + under.length)),
			]
		: [shown(text)];
	return fitLine([span(' /', 'key'), ...typed], size.columns);
}

/** The names of the columns, as wide as the columns below. */
function headText({ state, size }: SearchScene): string {
	const arrow = (order: SearchOrder) =>
		searchOrders[state.order] !== order ? '' : state.isReversed ? '↑' : '↓';
	const instruction = size.columns < WIDE_COLUMNS ? '' : `${padEnd('instruction', INSTRUCTION_WIDTH)}  `;
	return `   ${padEnd(`layer${arrow('layer')}`, LAYER_WIDTH)}${padStart(`bytes${arrow('bytes')}`, BYTES_WIDTH)}  ${instruction}path${arrow('path')}`;
}

function rowSpans({ node, change }: FoundRow, subject: Subject, width: number): readonly Span[] {
	const { tree } = subject;
	const layer = tree.changeLayers[change];
	const mark = changeMark(kindOf(subject, change), isComparing(subject));
	const isWide = width + 2 >= WIDE_COLUMNS;
	const room = width - 2 - LAYER_WIDTH - BYTES_WIDTH - 2 - (isWide ? INSTRUCTION_WIDTH + 2 : 0);
	const made = isWide ? (instructionOf(subject, layer) ?? '') : '';
	return [
		span(`${mark.letter} `, mark.style),
		span(padEnd(`L${layer + 1}`, LAYER_WIDTH)),
		span(`${padStart(formatBytes(tree.changeBytes[change]), BYTES_WIDTH)}  `),
		span(isWide ? `${padEnd(formatInstruction(made), INSTRUCTION_WIDTH)}  ` : '', 'faint'),
		span(cutText(shownPath(tree, node), room, 'start'), mark.style),
	];
}

/** Why there are no rows, and what to do about it. */
function emptyLines({ state, size }: SearchScene, { result }: SearchList): readonly Line[] {
	const text = escapeForTerminal(state.input.text);
	return wrapWhole(emptyText(result, text), size.columns - 2).map((line) =>
		fitLine([span(` ${line}`, result?.kind === 'problem' ? 'bad' : 'faint')], size.columns),
	);
}

function emptyText(result: SearchResult | null, text: string): string {
	switch (result?.kind) {
		case undefined:
			return 'Looking through all layers …';
		case 'problem':
			return noUsableFilter(result.problem);
		case 'found':
			return `Nothing that any layer did matches ${text}.`;
		case 'nothing-asked':
			return 'A part of a path, ~ before a regular expression, or terms such as >10MB kind:removed layer:3. What layers removed is found too.';
	}
}

/** The whole path, what was done, and the instruction that did it. */
function detailLines(
	{ subject, size }: SearchScene,
	{ node, change }: FoundRow,
	rows: number,
): readonly Line[] {
	const { tree } = subject;
	const { columns } = size;
	const layer = tree.changeLayers[change];
	const what = isComparing(subject) ? 'changed it' : changeWords[kindOf(subject, change)];
	const isRemoved = tree.changeKindCodes[change] === REMOVED;
	const from = isRemoved ? `, from layer ${tree.changeLayers[describedBy(tree, change)] + 1}` : '';
	const instruction = instructionOf(subject, layer);
	const texts = [
		`layer ${layer + 1} ${what}: ${formatBytes(tree.changeBytes[change])}${from}`,
		...(instruction === null ? ['No history for this layer'] : instructionLines(instruction)),
	];
	const lines = texts.flatMap((text) => wrapWhole(text, columns - 2)).slice(0, rows - 1);
	return [
		titleLine({ name: cutText(shownPath(tree, node), columns - 6, 'start'), facts: '' }, columns, false),
		...lines.map((line) => fitLine([span(` ${line}`)], columns)),
	];
}

function placeLine({ subject, size }: SearchScene, { view }: SearchList, chosen: FoundRow | null): Line {
	if (chosen === null)
		return fitLine([span(' All that any layer did, largest first', 'faint')], size.columns);
	const position = ` ${formatCount(view.index + 1)} of ${formatCount(view.total)} `;
	const path = cutText(shownPath(subject.tree, chosen.node), size.columns - position.length - 2, 'start');
	return fitEnds([span(` ${path}`)], [span(position, 'faint')], size.columns);
}

function kindOf({ tree }: Subject, change: number): ChangeKind {
	return changeKinds[tree.changeKindCodes[change]];
}

function isComparing(subject: Subject): boolean {
	return subject.kind === 'image' && subject.stage.kind !== 'complete';
}
