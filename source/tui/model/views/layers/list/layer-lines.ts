import type { LayerFigures } from '../../../../../analysis/figures.ts';
import { formatBytes } from '../../../../../text/bytes.ts';
import { formatInstruction, madeBy } from '../../../../../text/instruction.ts';
import { fitLine, padEnd, padStart } from '../../../cells.ts';
import { bar, type ChangeTotals, changeTotals, percentOf, shortCount } from '../../../frame/figures.ts';
import { cursorMark, highlightOf } from '../../../frame/highlight.ts';
import { scrollbar } from '../../../frame/scrollbar.ts';
import { type Line, type Span, span } from '../../../line.ts';
import { topOf } from '../../../list-window.ts';
import { isRead, readingOf, unreadBelow } from '../../../opened-image.ts';
import { arrangementOf, type LayersImage, type LayersScene, markOf } from '../layers-state.ts';
import { layerList, listRows } from './list-rows.ts';

/** The widths of the columns in the list of layers; 0 leaves a column out. */
interface LayerColumns {
	readonly number: number;
	readonly bar: number;
	readonly counts: Readonly<Record<keyof ChangeTotals, number>>;
	readonly instruction: number;
}

const SIZE_WIDTH = 7;
const BAR_WIDTH = 4;
const SCROLLBAR_WIDTH = 1;
/** Where instructions would get fewer cells than this, other columns give way. */
const MINIMUM_INSTRUCTION = 20;
/** The bar gives way before instructions get that short. */
const INSTRUCTION_BESIDE_BAR = 24;

/** The names of the columns, and the visible part of the list of layers below them. */
export function layerLines(scene: LayersScene): readonly Line[] {
	const { state, subject: image } = scene;
	const { width, height } = arrangementOf(scene).panes.layers;
	const list = layerList(scene);
	const top = topOf(list);
	const columns = layerColumns(image, width - SCROLLBAR_WIDTH);
	const largest = Math.max(1, ...image.figures.layers.map((layer) => shippedBytes(image, layer) ?? 0));
	const signs = scrollbar({ top, total: list.total, height });
	const lines = listRows(image)
		.slice(top, top + height)
		.map((row, line) => {
			const isSelected = row.kind === 'layer' && row.layer === state.layer;
			const focus = { isSelected, isFocused: state.focus === 'layers' };
			const spans =
				row.kind === 'step'
					? stepSpans(row.instruction, columns)
					: layerSpans(scene, row.layer, { columns, largest });
			const text = fitLine([cursorMark(focus), ...spans], width - SCROLLBAR_WIDTH, 'unfocused').spans;
			return fitLine([...text, span(signs[line], 'rule')], width, highlightOf(focus));
		});
	return [fitLine([span(headText(columns, image.stage.kind === 'reading'), 'faint')], width), ...lines];
}

/** What a layer ships, or before that is known what it is stored in; null where it will not be known. */
function shippedBytes(image: LayersImage, { index, layerBytes, storedBytes }: LayerFigures): number | null {
	if (readingOf(image, index).kind === 'failed') return null;
	return isRead(image, index) ? layerBytes : storedBytes;
}

/** The bar gives way first, then the counts, which take more: the bar may be back then. */
function layerColumns(image: LayersImage, width: number): LayerColumns {
	const totals = image.figures.layers.map(changeTotals);
	const counts = {
		added: countWidth(totals.map(({ added }) => added)),
		changed: countWidth(totals.map(({ changed }) => changed)),
		removed: countWidth(totals.map(({ removed }) => removed)),
	};
	const number = String(image.figures.layers.length).length;
	const countCells = counts.added + counts.changed + counts.removed;
	const room = width - (1 + number + 2 + SIZE_WIDTH + 1 + SIZE_WIDTH + 2);
	const columns = { number, bar: BAR_WIDTH, counts, instruction: room - countCells - BAR_WIDTH - 1 };
	if (columns.instruction >= INSTRUCTION_BESIDE_BAR) return columns;
	if (room - countCells >= MINIMUM_INSTRUCTION) return { ...columns, bar: 0, instruction: room - countCells };
	const uncounted = { ...columns, counts: { added: 0, changed: 0, removed: 0 } };
	const withBar = room - BAR_WIDTH - 1;
	return withBar >= MINIMUM_INSTRUCTION
		? { ...uncounted, instruction: withBar }
		: { ...uncounted, bar: 0, instruction: room };
}

/** Cells for a column of counts, with their signs and a space; 0 if all counts are 0. */
function countWidth(counts: readonly number[]): number {
	const widest = Math.max(0, ...counts.filter((count) => count > 0).map((count) => shortCount(count).length));
	return widest === 0 ? 0 : widest + 2;
}

/** While layers are read, some rows have what they are stored in, and how far they are. */
function headText({ number, bar: barWidth, counts }: LayerColumns, isReading: boolean): string {
	const { added, changed, removed } = counts;
	return [
		` ${padStart('#', number)}  `,
		barWidth === 0 ? '' : ' '.repeat(barWidth + 1),
		`${padStart(isReading ? 'bytes' : 'ships', SIZE_WIDTH)} ${padStart(isReading ? 'read' : 'wastes', SIZE_WIDTH)}`,
		padStart('+', added),
		padStart('~', changed),
		padStart('-', removed),
		'  instruction',
	].join('');
}

interface ColumnRoom {
	readonly columns: LayerColumns;
	readonly largest: number;
}

function layerSpans(scene: LayersScene, index: number, { columns, largest }: ColumnRoom): readonly Span[] {
	const { subject: image } = scene;
	const layer = image.figures.layers[index];
	const described = image.description.layers[index];
	const isUnclear = image.stage.kind === 'reading' && unreadBelow(image, index) > 0;
	const { added, changed, removed } = isUnclear ? noChanges : changeTotals(layer);
	const bytes = shippedBytes(image, layer);
	const isThere = isRead(image, index);
	const isMarked = scene.state.mark !== null && markOf(scene) === index + 1;
	const made = described === undefined ? null : madeBy(described);
	return [
		span(`${padStart(String(index + 1), columns.number)}`),
		span(isMarked ? 'b ' : '  ', 'key'),
		span(
			columns.bar === 0 ? '' : `${padEnd(bar((bytes ?? 0) / largest, columns.bar), columns.bar)} `,
			isThere ? 'bar' : 'faint',
		),
		(described?.absent ?? null) !== null
			? span(padStart('absent', SIZE_WIDTH), 'warning')
			: span(padStart(bytes === null ? '-' : formatBytes(bytes), SIZE_WIDTH), isThere ? 'plain' : 'faint'),
		wasteSpan(image, layer),
		countSpan('+', added, columns.counts.added, 'added'),
		countSpan('~', changed, columns.counts.changed, 'content'),
		countSpan('-', removed, columns.counts.removed, 'removed'),
		made === null ? span('  no history', 'faint') : span(`  ${formatInstruction(made)}`),
	];
}

/** Nothing is known of changes while layers below are not. */
const noChanges: ChangeTotals = { added: 0, changed: 0, removed: 0 };

/** What it wastes; nothing is known of that before all layers are read, and how far it is itself stands there. */
function wasteSpan(image: LayersImage, { index, wastedBytes, storedBytes }: LayerFigures): Span {
	const reading = readingOf(image, index);
	switch (reading.kind) {
		case 'failed':
			return span(` ${padStart('failed', SIZE_WIDTH)}`, 'warning');
		case 'waiting':
			return span(` ${padStart('waiting', SIZE_WIDTH)}`, 'faint');
		case 'reading':
			return span(` ${padStart(percentOf(reading.bytesDone, storedBytes), SIZE_WIDTH)}`);
		case 'read': {
			const text = image.stage.kind === 'reading' ? '' : formatBytes(wastedBytes);
			return span(` ${padStart(text, SIZE_WIDTH)}`, wastedBytes > 0 ? 'warning' : 'faint');
		}
	}
}

/** The instruction below those of layers, and nothing else. */
function stepSpans(
	instruction: string | null,
	{ number, bar: barWidth, counts }: LayerColumns,
): readonly Span[] {
	const cells = number + 2 + (barWidth === 0 ? 0 : barWidth + 1) + 2 * SIZE_WIDTH + 1;
	const indent = cells + counts.added + counts.changed + counts.removed + 2;
	return [span(' '.repeat(indent)), span(formatInstruction(instruction ?? ''), 'faint')];
}

function countSpan(sign: string, count: number, width: number, style: 'added' | 'content' | 'removed'): Span {
	return span(width === 0 ? '' : padStart(count === 0 ? '' : sign + shortCount(count), width), style);
}
