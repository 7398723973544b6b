import type { LayerFigures } from '../../analysis/figures.ts';
import type { AbsentLayer, LayerDescription } from '../../image/image.ts';
import { formatBytes, formatCount } from '../../text/bytes.ts';
import { escapeForTerminal } from '../../text/escape.ts';
import { formatInstruction, madeBy } from '../../text/instruction.ts';
import { shorten } from '../../text/shorten.ts';
import { type Cell, formatTable, type TableLayout } from '../../text/table.ts';
import type { ReportInput } from '../reporter.ts';

const columns = [
	{ header: '#', align: 'right' },
	{ header: 'stored', align: 'right' },
	{ header: 'bytes', align: 'right' },
	{ header: 'added', align: 'right' },
	{ header: 'changed', align: 'right' },
	{ header: 'removed', align: 'right' },
	{ header: 'wasted', align: 'right' },
	{ header: 'instruction', cut: 'end' },
] as const;

/** Every layer with its sizes, the number of paths it changes, the bytes it wastes and the instruction that made it. */
export function layerSection({ image, figures }: ReportInput, layout: TableLayout): string[] {
	if (figures.layers.length === 0) return [layout.paint('heading', 'Layers'), '  none'];
	const { layers } = image.description;
	const rows = figures.layers.map((layer) => {
		const instruction = instructionOf(layers[layer.index]);
		return layers[layer.index].absent === null
			? layerRow(layer, instruction)
			: absentRow(layer.index, instruction);
	});
	return [
		layout.paint('heading', 'Layers'),
		...formatTable(columns, rows, layout),
		...layers.flatMap(({ index, absent }) => (absent === null ? [] : [absentLine(index, absent, layout)])),
	];
}

/** The instruction that made a layer, else its comment. Many images record neither, so that is no warning. */
export function instructionOf(layer: LayerDescription): Cell {
	if (layer.instruction !== null) return formatInstruction(layer.instruction);
	const text = madeBy(layer);
	return { text: text === null ? 'not recorded' : formatInstruction(text), tone: 'faint' };
}

function absentRow(index: number, instruction: Cell): Cell[] {
	const nothing: Cell = { text: '-', tone: 'faint' };
	const filler = new Array<Cell>(5).fill(nothing);
	return [String(index + 1), { text: 'not here', tone: 'warning' }, ...filler, instruction];
}

/** Where the layer is, and how large: `layer 1 is not here: 134 B at https://...`. */
function absentLine(index: number, { sizeBytes, urls }: AbsentLayer, { paint }: TableLayout): string {
	const size = sizeBytes === null ? 'kept elsewhere' : formatBytes(sizeBytes);
	const [url] = urls;
	const where = url === undefined ? '' : ` at ${shorten(url)}`;
	return paint('faint', escapeForTerminal(`  layer ${index + 1} is not here: ${size}${where}`));
}

function layerRow(
	{ index, storedBytes, layerBytes, wastedBytes, changes }: LayerFigures,
	instruction: Cell,
): Cell[] {
	const countOf = (kind: keyof typeof changes): number => changes[kind].files + changes[kind].directories;
	return [
		String(index + 1),
		formatBytes(storedBytes),
		formatBytes(layerBytes),
		formatCount(countOf('added')),
		formatCount(countOf('content') + countOf('metadata') + countOf('identical')),
		formatCount(countOf('removed')),
		wastedBytes === 0 ? { text: '-', tone: 'faint' } : { text: formatBytes(wastedBytes), tone: 'warning' },
		instruction,
	];
}
