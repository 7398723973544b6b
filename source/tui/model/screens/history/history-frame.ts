import type { WasteCause } from '../../../../filetree/file-tree.ts';
import { changeLetters } from '../../../../filetree/words/change-letters.ts';
import { formatBytes, formatCount } from '../../../../text/bytes.ts';
import { formatInstruction, instructionLines } from '../../../../text/instruction.ts';
import { fitEnds, fitLine, padEnd, padStart } from '../../cells.ts';
import { changeStyles } from '../../frame/change-letters.ts';
import { changeWords } from '../../frame/change-words.ts';
import { cursorMark, highlightOf } from '../../frame/highlight.ts';
import { shownPath } from '../../frame/names.ts';
import { titleLine } from '../../frame/title-line.ts';
import { wrapWhole } from '../../frame/wrap-whole.ts';
import { FOOTER_ROWS, type Size } from '../../layout.ts';
import { type Line, type Span, span } from '../../line.ts';
import { topOf } from '../../list-window.ts';
import type { Subject } from '../../subject.ts';
import { instructionOf } from '../instruction-of.ts';
import type { ScreenFrame, ScreenScene } from '../screen.ts';
import type { HistoryRow } from './history-rows.ts';
import type { HistoryState, HistoryTypes } from './history-types.ts';

const FIGURE_CELLS = 9;
/** Bytes, and the layer that took them away: `31.5 MB L5`. */
const WASTED_CELLS = 13;

/** The layers above, and below them what the one under the cursor did and its whole instruction. */
export function historyFrame({ state, size, subject }: ScreenScene<HistoryTypes>): ScreenFrame {
	const { columns } = size;
	const height = historyHeight(state, size);
	const total = state.rows.length;
	const top = topOf({ ...state, total, height });
	const facts = `${formatCount(total)} ${total === 1 ? 'layer' : 'layers'} · ${formatBytes(wastedBytes(state))} wasted`;
	const rows = state.rows
		.slice(top, top + height)
		.map((row, index) => rowLine(row, { subject, columns, isSelected: top + index === state.index }));
	const details = detailLines(state.rows[state.index], subject, columns);
	const position = span(`${formatCount(state.index + 1)} of ${formatCount(total)} `, 'faint');
	return {
		lines: [
			titleLine({ name: `History of ${shownPath(subject.tree, state.node)}`, facts }, columns, true),
			fitLine(
				[
					span(
						`   ${padEnd('layer', 6)} ${padStart('bytes', FIGURE_CELLS)} ${padStart('wasted by', WASTED_CELLS)}  instruction`,
						'faint',
					),
				],
				columns,
			),
			...rows,
			titleLine({ name: `What layer ${state.rows[state.index].layer + 1} did`, facts: '' }, columns, false),
			...details.slice(0, size.rows - FOOTER_ROWS - 3 - rows.length),
		],
		footer: fitEnds([span(` ${shownPath(subject.tree, state.node)}`)], [position], columns),
	};
}

/** The rows of the list: half of the screen at most. */
export function historyHeight({ rows }: HistoryState, size: Size): number {
	return Math.max(1, Math.min(rows.length, Math.floor((size.rows - FOOTER_ROWS - 3) / 2)));
}

interface RowLayout {
	readonly subject: Subject;
	readonly columns: number;
	readonly isSelected: boolean;
}

function rowLine(
	{ layer, change, other, bytes, wastedBytes: wasted, culprit }: HistoryRow,
	{ subject, columns, isSelected }: RowLayout,
): Line {
	const focus = { isSelected, isFocused: true };
	const made = instructionOf(subject, layer);
	return fitLine(
		[
			cursorMark(focus),
			span(`${changeLetters[change]} `, changeStyles[change]),
			span(padEnd(`L${layer + 1}`, 6)),
			span(` ${padStart(other ?? formatBytes(bytes), FIGURE_CELLS)}`),
			span(
				` ${padStart(culprit === null ? '' : `${formatBytes(wasted)} L${culprit + 1}`, WASTED_CELLS)}`,
				'bad',
			),
			span(`  ${made === null ? 'no history for this layer' : formatInstruction(made)}`),
		],
		columns,
		highlightOf(focus),
	);
}

function detailLines(row: HistoryRow, subject: Subject, columns: number): readonly Line[] {
	const waste =
		row.culprit === null || row.cause === null
			? []
			: [`wasted ${formatBytes(row.wastedBytes)}: layer ${row.culprit + 1} ${causeWords[row.cause]}`];
	const made = instructionOf(subject, row.layer);
	const instruction = made === null ? ['No history for this layer'] : instructionLines(made);
	const what = row.other === null ? formatBytes(row.bytes) : `a ${row.other}`;
	const texts = [`${changeWords[row.change]}, ${what}`, ...waste, '', ...instruction];
	return texts
		.flatMap((text) => wrapWhole(text, columns - 2))
		.map((text) => fitLine([span(' '), ...styled(text)], columns));
}

/** What the layer did because of which the bytes are wasted. */
const causeWords: Readonly<Record<WasteCause, string>> = {
	removed: 'took it away',
	content: 'changed its content',
	metadata: 'changed its metadata',
	identical: 'shipped it again, identical',
	duplicate: 'has it twice',
};

function styled(text: string): readonly Span[] {
	return [span(text, text.startsWith('wasted ') ? 'bad' : 'plain')];
}

function wastedBytes({ rows }: HistoryState): number {
	return rows.reduce((sum, { wastedBytes: bytes }) => sum + bytes, 0);
}
