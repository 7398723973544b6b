import type { LayerFigures } from '../../../../analysis/figures.ts';
import { formatBytes } from '../../../../text/bytes.ts';
import { formatInstruction } from '../../../../text/instruction.ts';
import { fitLine, padEnd, padStart } from '../../cells.ts';
import { bar, type ChangeTotals, changeTotals, shortCount } from '../../frame/figures.ts';
import { cursorMark, highlightOf } from '../../frame/highlight.ts';
import { type Line, type Span, span } from '../../line.ts';
import { topOf } from '../../list-window.ts';
import { isRead } from '../../opened-image.ts';
import type { FilesImage, FilesScene } from './files-state.ts';
import { layerList } from './layer-list.ts';

/** The widths of the columns in the list of layers; 0 leaves a column out. */
interface LayerColumns {
	readonly number: number;
	readonly bar: number;
	readonly counts: Readonly<Record<keyof ChangeTotals, number>>;
	readonly instruction: number;
}

const SIZE_WIDTH = 7;
const MINIMUM_INSTRUCTION = 10;

/** The visible part of the list of layers. */
export function layerLines(scene: FilesScene): readonly Line[] {
	const { state, subject: image, layout } = scene;
	const { width, height } = layout.panes.layers;
	const list = layerList(scene);
	const top = topOf(list);
	const columns = layerColumns(image, width);
	const shown = Math.min(list.total - top, height);
	return Array.from({ length: shown }, (_, line) => {
		const index = top + line;
		const focus = { isSelected: index === state.layer, isFocused: state.focus === 'layers' };
		return fitLine([cursorMark(focus), ...layerSpans(image, index, columns)], width, highlightOf(focus));
	});
}

function layerColumns(image: FilesImage, width: number): LayerColumns {
	const totals = image.figures.layers.map(changeTotals);
	const counts = {
		added: countWidth(totals.map(({ added }) => added)),
		changed: countWidth(totals.map(({ changed }) => changed)),
		removed: countWidth(totals.map(({ removed }) => removed)),
	};
	const number = String(image.figures.layers.length).length;
	const fixed = 1 + number + 1 + SIZE_WIDTH + counts.added + counts.changed + counts.removed;
	const room = width - fixed;
	const barWidth = room >= 40 ? 8 : room >= 18 ? 6 : Math.max(0, Math.min(4, room - 1));
	const instruction = room - (barWidth + 1) - 2;
	return { number, bar: barWidth, counts, instruction: instruction < MINIMUM_INSTRUCTION ? 0 : instruction };
}

/** Cells for a column of counts, with their signs and a space; 0 if all counts are 0. */
function countWidth(counts: readonly number[]): number {
	const widest = Math.max(0, ...counts.filter((count) => count > 0).map((count) => shortCount(count).length));
	return widest === 0 ? 0 : widest + 2;
}

function layerSpans(image: FilesImage, index: number, columns: LayerColumns): readonly Span[] {
	const {
		figures: { layers },
		description,
	} = image;
	const layer = layers[index];
	const bytesOf = ({ index: k, layerBytes, storedBytes }: LayerFigures) =>
		isRead(image, k) ? layerBytes : storedBytes;
	const largest = Math.max(1, ...layers.map(bytesOf));
	const { added, changed, removed } = changeTotals(layer);
	const isAbsent = (description.layers[index]?.absent ?? null) !== null;
	const spans = [
		span(`${padStart(String(index + 1), columns.number)} `),
		span(
			columns.bar === 0 ? '' : `${padEnd(bar(bytesOf(layer) / largest, columns.bar), columns.bar)} `,
			isRead(image, index) ? 'bar' : 'faint',
		),
		isAbsent
			? span(padStart('absent', SIZE_WIDTH), 'warning')
			: span(padStart(formatBytes(bytesOf(layer)), SIZE_WIDTH), isRead(image, index) ? 'plain' : 'faint'),
		countSpan('+', added, columns.counts.added, 'added'),
		countSpan('~', changed, columns.counts.changed, 'content'),
		countSpan('-', removed, columns.counts.removed, 'removed'),
	];
	if (columns.instruction === 0) return spans;
	const instruction = description.layers[index]?.instruction ?? '';
	return [...spans, span(`  ${formatInstruction(instruction)}`, 'faint')];
}

function countSpan(sign: string, count: number, width: number, style: 'added' | 'content' | 'removed'): Span {
	return span(padStart(count === 0 ? '' : sign + shortCount(count), width), style);
}
