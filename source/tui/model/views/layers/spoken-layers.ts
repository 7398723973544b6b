import { type Comparison, kindAt } from '../../../../filetree/comparison.ts';
import { type ChangeKind, changeKinds, type FileTree } from '../../../../filetree/file-tree.ts';
import { otherNameOf } from '../../../../filetree/inodes/other-name.ts';
import { lostAt, shippedAt } from '../../../../filetree/node-amounts.ts';
import { nameOfImage } from '../../../../image/image.ts';
import type { Steps } from '../../../../steps.ts';
import { formatBytes, formatCount, formatPercent } from '../../../../text/bytes.ts';
import { escapeForTerminal } from '../../../../text/escape.ts';
import { formatInstruction, madeBy } from '../../../../text/instruction.ts';
import { filterList } from '../../filter/list-filter.ts';
import { changeTotals } from '../../frame/figures.ts';
import { shownPath } from '../../frame/names.ts';
import { Projector } from '../../rows/projector.ts';
import { spokenChanges } from '../../tree/spoken-paths.ts';
import type { DetailRow } from '../list/detail-rows.ts';
import { SPOKEN_WIDTH, spokenDetail } from '../list/spoken-text.ts';
import type { SpokenDetails, SpokenRows, SpokenView } from '../spoken.ts';
import { layerDetails } from './details/layer-details.ts';
import type { LayersImage } from './layers-state.ts';

/** The layers in words; the details of one are what it did, and to which paths. */
export const spokenLayers: SpokenView<LayersImage> = {
	needs: [],
	summary,
	rows: layerRows,
	called: function* () {
		yield;
		return [];
	},
	details,
};

function summary(image: LayersImage): readonly string[] {
	const { figures, tree, warnings } = image;
	const { totalBytes, wastedBytes, efficiency } = figures;
	const name = escapeForTerminal(nameOfImage(image));
	const layers = tree.layerCount === 1 ? '1 layer' : `${formatCount(tree.layerCount)} layers`;
	const count = warnings.length === 1 ? '1 warning' : `${formatCount(warnings.length)} warnings`;
	return [
		`${name}: ${layers}, ${formatBytes(totalBytes)}, of which ${formatBytes(wastedBytes)} are wasted. Efficiency ${formatPercent(efficiency)}.`,
		...(warnings.length === 0
			? []
			: [`There ${warnings.length === 1 ? 'is' : 'are'} ${count}, at the end of: image`]),
	];
}

function* layerRows(image: LayersImage, filter: string): Steps<SpokenRows> {
	const { layers } = image.figures;
	yield;
	const texts = layers.map((_, layer) => [instructionOf(image, layer)]);
	const { indexes, problem } = filterList(texts, filter);
	return {
		count: indexes?.length ?? layers.length,
		isEmpty: layers.length === 0,
		problem,
		empty: 'The image has no layers.',
		rowAt: (position) => {
			const layer = indexes?.[position] ?? position;
			return `${layer + 1}. ${layerText(image, layer)}: ${instructionOf(image, layer)}`;
		},
	};
}

function instructionOf({ description }: LayersImage, layer: number): string {
	const described = description.layers[layer];
	const made = described === undefined ? null : madeBy(described);
	return made === null ? 'no history' : formatInstruction(made);
}

/** What a layer ships and wastes, and how many paths it touches. */
function layerText({ figures, description }: LayersImage, layer: number): string {
	if ((description.layers[layer]?.absent ?? null) !== null) return 'kept elsewhere, not here';
	const { layerBytes, wastedBytes } = figures.layers[layer];
	const { added, changed, removed } = changeTotals(figures.layers[layer]);
	const counts = [
		[added, 'added'],
		[changed, 'changed'],
		[removed, 'removed'],
	] as const;
	return [
		`ships ${formatBytes(layerBytes)}`,
		`wastes ${formatBytes(wastedBytes)}`,
		...counts.flatMap(([count, word]) => (count === 0 ? [] : [`${formatCount(count)} ${word}`])),
	].join(', ');
}

const projectors = new WeakMap<FileTree, Projector>();

function projectorOf(tree: FileTree): Projector {
	const projector = projectors.get(tree) ?? new Projector(tree);
	projectors.set(tree, projector);
	return projector;
}

function* details(image: LayersImage, layer: number, filter: string): Steps<SpokenDetails | null> {
	if (layer < 0 || layer >= image.tree.layerCount) return null;
	const rows = layerDetails({ state: { layer }, subject: image }, SPOKEN_WIDTH);
	const { tree } = image;
	const changes = yield* spokenChanges({
		...{ tree, projector: projectorOf(tree), order: 'change', from: layer, to: layer + 1, filter },
		empty: 'The layer changes no file.',
		rowOf: (node, comparison) => changeText(image, node, comparison),
	});
	const lines = [
		`Layer ${layer + 1} ${layerText(image, layer)}.`,
		...rows.filter((row) => !areCounts(row)).map(spokenDetail),
		...(changes.isEmpty ? [] : ['What it did, the largest change first:']),
	];
	return { lines: lines.filter((line) => line !== ''), rows: changes };
}

/** The counts of changes are letters, and are said in words before. */
function areCounts([first, ...rest]: DetailRow): boolean {
	return rest.length > 0 && first.style === 'faint' && first.text.trim() === 'changes';
}

const words: Readonly<Record<ChangeKind, string>> = {
	absent: 'not there',
	unchanged: 'not changed',
	added: 'added',
	content: 'changed',
	metadata: 'mode, owner or attributes changed',
	identical: 'shipped again as it was',
	removed: 'removed',
};

function changeText({ tree }: LayersImage, node: number, comparison: Comparison): string {
	const kind = changeKinds[kindAt(comparison, node)];
	const [shipped, lost] = [shippedAt(comparison, node), lostAt(comparison, node)];
	const amounts = [
		...(shipped > 0 ? [kind === 'added' ? formatBytes(shipped) : `ships ${formatBytes(shipped)}`] : []),
		...(lost > 0 ? [kind === 'removed' ? formatBytes(lost) : `takes away ${formatBytes(lost)}`] : []),
		...(kind === 'removed' && otherNameOf(comparison, node)?.kind === 'left' ? ['another name is left'] : []),
	];
	return `${[words[kind], ...amounts].join(', ')}: ${shownPath(tree, node)}`;
}
