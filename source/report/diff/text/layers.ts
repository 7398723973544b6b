import type { AlignedLayer, ChangeReason } from '../../../diff/align-layers.ts';
import type { Both } from '../../../diff/merge/merge-structure.ts';
import type { LayerDescription } from '../../../image/image.ts';
import { formatBytes, formatCount, formatExactBytes } from '../../../text/bytes.ts';
import { type Cell, formatTable, type TableLayout } from '../../../text/table.ts';
import { instructionOf } from '../../text/layers.ts';
import type { DifferenceInput } from '../compared.ts';

const columns = [
	{ header: 'old', align: 'right' },
	{ header: 'new', align: 'right' },
	{ header: 'stored', align: 'right' },
	{ header: 'what' },
	{ header: 'instruction', cut: 'end' },
] as const;

const reasons: Readonly<Record<ChangeReason, string>> = {
	instruction: 'instruction changed',
	below: 'a layer below changed',
	files: 'gave another result',
};

export interface LayerLayout extends TableLayout {
	/** Whether each layer has a line of its own. */
	readonly isFull: boolean;
}

/** How many layers of each kind there are, and all of them. */
export function layerSection(input: DifferenceInput, layout: LayerLayout): string[] {
	const { layers } = input.difference;
	return [`${layout.paint('heading', 'Layers')}  ${layerCounts(layers)}`, ...layerTable(input, layout)];
}

/** The layers of both images side by side. Layers in a row that both have are one line, unless all are asked for. */
export function layerTable(
	{ images, difference: { layers } }: DifferenceInput,
	layout: LayerLayout,
): string[] {
	if (layers.length === 0) return [];
	const descriptions: Layers = [images[0].image.description.layers, images[1].image.description.layers];
	return formatTable(columns, layerRows(layers, descriptions, layout), layout);
}

/** `7 shared, 1 changed`. */
export function layerCounts(layers: readonly AlignedLayer[]): string {
	const counts = (['shared', 'changed', 'inserted', 'removed'] as const)
		.map((kind) => [layers.filter((layer) => layer.kind === kind).length, kind] as const)
		.filter(([count]) => count > 0)
		.map(([count, kind]) => `${formatCount(count)} ${kind}`);
	return counts.length === 0 ? 'none' : counts.join(', ');
}

type Layers = Both<readonly LayerDescription[]>;

function layerRows(
	layers: readonly AlignedLayer[],
	descriptions: Layers,
	{ isFull }: Pick<LayerLayout, 'isFull'>,
): readonly Cell[][] {
	const rows: Cell[][] = [];
	for (let index = 0; index < layers.length; index++) {
		const layer = layers[index];
		if (layer.kind !== 'shared') {
			rows.push(...layerLines(layer, descriptions));
			continue;
		}
		const start = index;
		while (!isFull && layers[index + 1]?.kind === 'shared') index += 1;
		rows.push(sharedRow(layer, index - start + 1, descriptions));
	}
	return rows;
}

/** Of several, the size of all of them. */
function sharedRow(
	{ oldIndex, newIndex }: Extract<AlignedLayer, { kind: 'shared' }>,
	count: number,
	[older, newer]: Layers,
): Cell[] {
	const range = (first: number) => (count === 1 ? String(first + 1) : `${first + 1}-${first + count}`);
	const stored = (layers: readonly LayerDescription[], first: number) =>
		layers.slice(first, first + count).reduce((sum, { storedBytes }) => sum + storedBytes, 0);
	const texts: readonly Cell[] = [
		range(oldIndex),
		range(newIndex),
		formatBoth(stored(older, oldIndex), stored(newer, newIndex)),
		'shared',
		count === 1 ? instructionOf(newer[newIndex]) : '',
	];
	return texts.map((cell) => (typeof cell === 'string' ? { text: cell, tone: 'faint' } : cell));
}

/** One line; a second one for the instruction that was replaced. */
function layerLines(layer: Exclude<AlignedLayer, { kind: 'shared' }>, [older, newer]: Layers): Cell[][] {
	if (layer.kind === 'removed') {
		const { oldIndex } = layer;
		const was = older[oldIndex];
		return [[String(oldIndex + 1), '-', formatBytes(was.storedBytes), 'removed', instructionOf(was)]];
	}
	const now = newer[layer.newIndex];
	const number = String(layer.newIndex + 1);
	if (layer.kind === 'inserted')
		return [['-', number, formatBytes(now.storedBytes), 'inserted', instructionOf(now)]];
	const was = older[layer.oldIndex];
	const stored = formatBoth(was.storedBytes, now.storedBytes);
	const line = [String(layer.oldIndex + 1), number, stored, reasons[layer.reason], instructionOf(now)];
	return layer.reason === 'instruction' ? [line, ['', '', '', 'was', instructionOf(was)]] : [line];
}

/** Sizes that differ never read as equal. */
function formatBoth(old: number, current: number): string {
	if (old === current) return formatBytes(old);
	const areAlike = formatBytes(old) === formatBytes(current);
	const [was, now] = [old, current].map(areAlike ? formatExactBytes : formatBytes);
	return `${was} -> ${now}`;
}
