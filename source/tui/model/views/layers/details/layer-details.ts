import { type LayerFigures, listedKinds } from '../../../../../analysis/figures.ts';
import { type FileTree, type WasteCause, wasteCauses } from '../../../../../filetree/file-tree.ts';
import { changeLetters } from '../../../../../filetree/words/change-letters.ts';
import type { AbsentLayer, LayerDescription } from '../../../../../image/image.ts';
import { formatBytes } from '../../../../../text/bytes.ts';
import { escapeForTerminal } from '../../../../../text/escape.ts';
import { madeBy } from '../../../../../text/instruction.ts';
import { COMPARING, changeStyles } from '../../../frame/change-letters.ts';
import { changeTotals, pathCount, shortCount } from '../../../frame/figures.ts';
import { type Span, type StyleName, span } from '../../../line.ts';
import { isRead, readingOf } from '../../../opened-image.ts';
import { type DetailRow, field, instructionRows, paragraph } from '../../list/detail-rows.ts';
import type { LayersImage, LayersState } from '../layers-state.ts';
import { unreadTexts } from '../unread-texts.ts';
import { messageRows } from './image-details.ts';

interface LayerContent {
	readonly state: Pick<LayersState, 'layer'>;
	readonly subject: LayersImage;
}

/** The selected layer: its whole instruction, what it ships and wastes, and what it is. */
export function layerDetails({ state, subject: image }: LayerContent, width: number): readonly DetailRow[] {
	const { layer } = state;
	const figures = image.figures.layers[layer];
	if (figures === undefined) return [[span('This image has no layers.')]];
	const described = image.description.layers[layer];
	const head = instructionRows(described === undefined ? null : madeBy(described), width, 'strong');
	return [
		...head,
		...figureRows(image, figures, width),
		...(described === undefined ? [] : originRows(described, width)),
		...messageRows(
			{ warnings: image.warnings.filter(({ layerIndex }) => layerIndex === layer), notices: [] },
			width,
		),
	];
}

function figureRows(image: LayersImage, figures: LayerFigures, width: number): readonly DetailRow[] {
	const stored = field('stored', formatBytes(figures.storedBytes), { width });
	const absent = image.description.layers[figures.index]?.absent ?? null;
	if (absent !== null) return absentRows(absent, width);
	if (!isRead(image, figures.index))
		return [
			...stored,
			...unreadTexts(image, figures.index).flatMap((text) =>
				paragraph(text, width, unreadStyle(image, figures)),
			),
		];
	return [
		...field('ships', formatBytes(figures.layerBytes), { width }),
		...stored,
		...field('unpacked', formatBytes(figures.unpackedBytes), { width }),
		changesRow(figures, image.stage.kind !== 'complete'),
		...wasteRows(image, figures, width),
	];
}

/** What failed is not to be overlooked. */
function unreadStyle(image: LayersImage, { index }: LayerFigures): StyleName {
	return readingOf(image, index).kind === 'failed' ? 'warning' : 'faint';
}

function absentRows({ sizeBytes, urls }: AbsentLayer, width: number): readonly DetailRow[] {
	return [
		...paragraph('This layer is kept elsewhere by design and is not here.', width, 'warning'),
		...field('blob', sizeBytes === null ? 'of unknown size' : formatBytes(sizeBytes), { width }),
		...field('kept at', escapeForTerminal(urls[0] ?? 'unknown'), { width }),
	];
}

function changesRow(figures: LayerFigures, isComparing: boolean): DetailRow {
	const shown = (isComparing ? countsSoFar(figures) : countsByKind(figures)).filter(({ count }) => count > 0);
	const spans = shown.map(({ letter, count, style }) => span(`${letter} ${shortCount(count)}  `, style));
	return [span('changes    ', 'faint'), ...(spans.length === 0 ? [span('none')] : spans)];
}

interface LetterCount {
	readonly letter: string;
	readonly count: number;
	readonly style: StyleName;
}

function countsByKind({ changes }: LayerFigures): readonly LetterCount[] {
	return listedKinds.map((kind) => ({
		letter: changeLetters[kind],
		count: pathCount(changes[kind]),
		style: changeStyles[kind],
	}));
}

function countsSoFar(figures: LayerFigures): readonly LetterCount[] {
	const { added, changed, removed } = changeTotals(figures);
	return [
		{ letter: changeLetters.added, count: added, style: 'added' },
		{ letter: COMPARING, count: changed, style: 'content' },
		{ letter: changeLetters.removed, count: removed, style: 'removed' },
	];
}

/** What each cause means where a layer is the one that wastes. */
export const causeWords: Readonly<Record<WasteCause, string>> = {
	removed: 'removed',
	content: 'overwritten',
	metadata: 'shipped again for another mode or owner',
	identical: 'copied again as it was',
	duplicate: 'twice in this layer',
};

function wasteRows(
	{ tree, stage }: LayersImage,
	{ index, wastedBytes }: LayerFigures,
	width: number,
): readonly DetailRow[] {
	if (stage.kind === 'reading') return [];
	const style: Span['style'] = wastedBytes > 0 ? 'warning' : 'plain';
	const whole = field('wastes', formatBytes(wastedBytes), { width, style });
	if (stage.kind !== 'complete' || wastedBytes === 0) return whole;
	const byCause = wasteByCause(tree);
	const causes = wasteCauses
		.map((cause, code) => ({ cause, bytes: byCause[index * wasteCauses.length + code] }))
		.filter(({ bytes }) => bytes > 0)
		.sort((left, right) => right.bytes - left.bytes);
	return [
		...whole,
		...causes.flatMap(({ cause, bytes }) =>
			field('', `${formatBytes(bytes)} ${causeWords[cause]}`, { width }),
		),
	];
}

const known = new WeakMap<FileTree, Float64Array>();

/** What each layer wastes as the culprit, an item for each cause. */
function wasteByCause(tree: FileTree): Float64Array {
	let bytes = known.get(tree);
	if (bytes === undefined) {
		bytes = new Float64Array(tree.layerCount * wasteCauses.length);
		const { count, culprits, causes, bytes: wasted } = tree.waste;
		for (let index = 0; index < count; index++)
			bytes[culprits[index] * wasteCauses.length + causes[index]] += wasted[index];
		known.set(tree, bytes);
	}
	return bytes;
}

function originRows(
	{ created, comment, instruction, digest, diffId, mediaType }: LayerDescription,
	width: number,
): readonly DetailRow[] {
	const facts = [
		['created', created],
		['comment', instruction === null ? null : comment],
		['digest', digest],
		['diff ID', diffId],
		['media type', mediaType],
	] as const;
	return facts.flatMap(([name, value]) =>
		value === null || value === '' ? [] : field(name, escapeForTerminal(value), { width }),
	);
}
