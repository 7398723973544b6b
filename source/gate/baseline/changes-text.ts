import type { AlignedLayer } from '../../diff/align-layers.ts';
import type { LayerDescription } from '../../image/image.ts';
import { formatBytes, formatCount } from '../../text/bytes.ts';
import { escapePath } from '../../text/escape.ts';
import { formatInstruction } from '../../text/instruction.ts';
import { formatTable, type TableLayout } from '../../text/table.ts';
import type { RuleInput } from '../rule.ts';
import type { BaselineChanges } from './changes.ts';

/** As many as fit on one screen with the rest of `fathom ci`. */
const SHOWN_LAYERS = 10;

/** Which layers are new since the baseline, and which paths grew most: a section each. */
export function changeSections(
	{ layers, grownPaths }: BaselineChanges,
	image: Pick<RuleInput, 'layers' | 'figures'>,
	layout: TableLayout,
): string[][] {
	return [
		layerSection(layers, image, layout),
		grownPaths.length === 0
			? []
			: [
					layout.paint('heading', 'Paths that grew most since the baseline'),
					...formatTable(
						[
							{ header: 'growth', align: 'right' },
							{ header: 'before', align: 'right' },
							{ header: 'now', align: 'right' },
							{ header: 'path', cut: 'middle' },
						],
						grownPaths.map(({ path, oldBytes, newBytes }) => [
							`+${formatBytes(newBytes - (oldBytes ?? 0))}`,
							oldBytes === null ? '-' : formatBytes(oldBytes),
							formatBytes(newBytes),
							`/${escapePath(path)}`,
						]),
						layout,
					),
				],
	];
}

function layerSection(
	aligned: readonly AlignedLayer[],
	{ layers, figures }: Pick<RuleInput, 'layers' | 'figures'>,
	layout: TableLayout,
): string[] {
	const heading = layout.paint('heading', 'Layers since the baseline');
	const fresh = aligned.filter((layer) => layer.kind === 'changed' || layer.kind === 'inserted');
	const rows = fresh
		.slice(0, SHOWN_LAYERS)
		.map((layer) => [
			String(layer.newIndex + 1),
			wordChange(layer),
			formatBytes(figures.layers[layer.newIndex].storedBytes),
			instructionOf(layers[layer.newIndex]),
		]);
	const hidden = fresh.length - rows.length;
	return [
		`${heading}: ${countLayers(aligned)}`,
		...(rows.length === 0
			? []
			: formatTable(
					[
						{ header: '#', align: 'right' },
						{ header: 'why it is new' },
						{ header: 'stored', align: 'right' },
						{ header: 'instruction', cut: 'end' },
					],
					rows,
					layout,
				)),
		...(hidden > 0 ? [layout.paint('faint', `  and ${formatCount(hidden)} more new layers`)] : []),
	];
}

function countLayers(aligned: readonly AlignedLayer[]): string {
	const count = (kind: AlignedLayer['kind']) => aligned.filter((layer) => layer.kind === kind).length;
	return `${count('changed')} changed, ${count('inserted')} added, ${count('removed')} removed, ${count('shared')} the same`;
}

const reasons = {
	instruction: 'instruction changed',
	below: 'layer below changed',
	files: 'other files',
} as const;

function wordChange(layer: Extract<AlignedLayer, { kind: 'changed' | 'inserted' }>): string {
	return layer.kind === 'inserted' ? 'added' : reasons[layer.reason];
}

function instructionOf({ instruction, comment }: LayerDescription): string {
	const text = instruction ?? comment;
	return text === null ? 'not recorded' : formatInstruction(text);
}
