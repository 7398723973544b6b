import type { Base } from '../../../../../analysis/figures.ts';
import type { FileTree } from '../../../../../filetree/file-tree.ts';
import type { HistoryStep, ImageDescription } from '../../../../../image/image.ts';
import { formatExactBytes } from '../../../../../text/bytes.ts';
import { escapeForTerminal } from '../../../../../text/escape.ts';
import { formatInstruction } from '../../../../../text/instruction.ts';
import { isRead, type OpenedImage } from '../../../opened-image.ts';
import { type DetailRow, field, instructionRows, paragraph, searchedText } from '../../list/detail-rows.ts';
import type { FilePlace } from '../../view.ts';
import { instructionOfLayer, layerTitle } from '../layer-words.ts';
import { type ImageRow, sectionRow } from './image-row.ts';

const BASE_NAME = 'org.opencontainers.image.base.name';

/** The Dockerfile as far as the history tells, with what each instruction ships and wastes; the base is told apart. */
export function stepRows(image: OpenedImage): readonly ImageRow[] {
	const { description, figures } = image;
	const steps = allSteps(description);
	const end = endOfBase(steps, figures.base);
	return [
		sectionRow('Dockerfile, as far as history tells', (width) =>
			paragraph(
				'The instructions that made the image, the first one first. Those of the base are faint.',
				width,
			),
		),
		...baseRow(image),
		...steps.map((step, index) => stepRow(step, image, index < end)),
	];
}

/** All steps, and at the end the layers that the history does not tell of. */
function allSteps({ history, layers }: ImageDescription): readonly HistoryStep[] {
	const told = new Set(history.map(({ layerIndex }) => layerIndex));
	return [
		...history,
		...layers
			.filter(({ index }) => !told.has(index))
			.map(({ index, createdBy, instruction, created, comment }) => ({
				createdBy,
				instruction,
				created,
				comment,
				author: null,
				layerIndex: index,
			})),
	];
}

/** How many of the first steps are the base's: up to its last layer, and what was done at the same moment after it. */
function endOfBase(steps: readonly HistoryStep[], { layerCount }: Base): number {
	const last = steps.findLastIndex(({ layerIndex }) => layerIndex !== null && layerIndex < layerCount);
	if (last === -1) return 0;
	const { created } = steps[last];
	let end = last + 1;
	while (
		end < steps.length &&
		steps[end].layerIndex === null &&
		created !== null &&
		steps[end].created === created
	)
		end += 1;
	return end;
}

const origins: Readonly<Record<Base['origin'], string>> = {
	named: 'as named',
	provenance: 'by provenance',
	annotation: 'by annotation',
	'first-layer': 'by default',
	none: 'by default',
};

function baseRow(image: OpenedImage): readonly ImageRow[] {
	const { description, stage } = image;
	const { base, baseLayers } = image.figures;
	if (base.layerCount === 0) return [];
	const { annotations, config } = description;
	const name = base.image ?? annotations[BASE_NAME] ?? config.labels[BASE_NAME] ?? null;
	const layers = base.layerCount === 1 ? 'layer 1' : `layers 1–${base.layerCount}`;
	const shown = name === null ? 'the base' : searchedText(name);
	const { layerBytes: shippedBytes, wastedBytes } = baseLayers;
	return [
		{
			...sectionRow('', (width) => [
				...field('base', shown, { width }),
				...field('layers', `${layers}, ${origins[base.origin]}`, { width }),
				...field('ships', formatExactBytes(shippedBytes), { width }),
				...field('wastes', formatExactBytes(wastedBytes), { width }),
				...(base.origin === 'first-layer'
					? paragraph('Nothing says where the base ends: --base IMAGE or --base NUMBER does.', width, 'faint')
					: []),
			]),
			kind: 'step',
			name: `FROM ${shown} (${layers}, ${origins[base.origin]})`,
			style: 'strong',
			figures: stage.kind === 'reading' ? null : { shippedBytes, wastedBytes },
		},
	];
}

function stepRow(step: HistoryStep, image: OpenedImage, isOfBase: boolean): ImageRow {
	const { layerIndex, created } = step;
	const figures = layerIndex === null ? undefined : image.figures.layers[layerIndex];
	const text = textOf(step, image);
	return {
		kind: 'step',
		name: text === null ? 'no history for this layer' : formatInstruction(text),
		value: '',
		style: isOfBase ? 'faint' : 'plain',
		mark: '',
		figureWidth: 0,
		figures:
			figures === undefined || !isRead(image, figures.index)
				? null
				: { shippedBytes: figures.layerBytes, wastedBytes: figures.wastedBytes },
		day: escapeForTerminal((created ?? '').slice(0, 10)),
		texts: isOfBase ? ['base'] : [],
		details: (width) => stepDetails(step, image, width),
		place: layerIndex === null ? null : firstChangeOf(image.tree, layerIndex),
		copied: text === null ? null : searchedText(text),
	};
}

function textOf({ layerIndex, instruction, comment }: HistoryStep, image: OpenedImage): string | null {
	return (layerIndex === null ? null : instructionOfLayer(image, layerIndex)) ?? instruction ?? comment;
}

function stepDetails(step: HistoryStep, image: OpenedImage, width: number): readonly DetailRow[] {
	const { layerIndex, created, comment, author } = step;
	const layer = layerIndex === null ? undefined : image.description.layers[layerIndex];
	const figures = layerIndex === null ? undefined : image.figures.layers[layerIndex];
	const text = (name: string, value: string | null) =>
		value === null || value === '' ? [] : field(name, escapeForTerminal(value), { width });
	const isThere = layerIndex !== null && isRead(image, layerIndex);
	const bytes = (name: string, value: number | undefined) =>
		value === undefined ? [] : field(name, formatExactBytes(value), { width });
	return [
		...instructionRows(textOf(step, image), width, 'strong'),
		[],
		...field('layer', layerIndex === null ? 'none' : layerTitle(image, layerIndex), { width }),
		...(isThere ? bytes('ships', figures?.layerBytes) : []),
		...(isThere ? bytes('wastes', figures?.wastedBytes) : []),
		...bytes('stored', figures?.storedBytes),
		...(isThere ? bytes('unpacked', figures?.unpackedBytes) : []),
		...text('created', created),
		...text('diff ID', layer?.diffId ?? null),
		...text('digest', layer?.digest ?? null),
		...text('type', layer?.mediaType ?? null),
		...text('comment', comment),
		...text('author', author),
		...(layer?.absent ? field('absent', 'kept elsewhere by design, counts as empty', { width }) : []),
		...(layer?.absent?.urls ?? []).flatMap((url) => text('kept at', url)),
	];
}

/** The first path that a layer changed; null where it changed none. */
function firstChangeOf(tree: FileTree, layer: number): FilePlace | null {
	const { layerChanges, layerChangeStarts, changeStarts } = tree;
	if (layerChangeStarts[layer] === layerChangeStarts[layer + 1]) return null;
	const change = layerChanges[layerChangeStarts[layer]];
	let [low, high] = [0, tree.nodeCount];
	while (low + 1 < high) {
		const middle = (low + high) >> 1;
		if (changeStarts[middle] <= change) low = middle;
		else high = middle;
	}
	return low === 0 ? null : { node: low, layer };
}
