import type { AlignedLayer } from '../../../../../diff/align-layers.ts';
import type { LayerDescription } from '../../../../../image/image.ts';
import { formatBytes } from '../../../../../text/bytes.ts';
import { formatInstruction } from '../../../../../text/instruction.ts';
import { padEnd, padStart } from '../../../cells.ts';
import { type Span, span } from '../../../line.ts';
import type { ComparedSide, OpenedDifference } from '../../../opened-difference.ts';
import { listView } from '../list-view.ts';
import { layerDetails } from './layer-details.ts';
import { layerMarks, oldAndNew, pairOf } from './layer-words.ts';
import { layerCounts } from './layers-summary.ts';

const SIZE_WIDTH = 7;
/** Lists narrower than this show the stored bytes alone, and those narrower than the other the numbers and what became of a layer. */
const WITH_UNPACKED = 84;
const WITH_KIND = 64;

/** The layers of both images side by side, lowest first, and why a layer is another one. */
export const alignedLayersView = listView<AlignedLayer, 'layer pairs' | 'layer pair'>({
	title: 'Layers of both images',
	panes: { list: 'layer pairs', details: 'layer pair' },
	help: {
		title: 'Letters in the layers',
		rows: Object.values(layerMarks).map(({ letter, style, meaning }) => ({ sign: letter, style, meaning })),
	},
	tab: ({ layers }) => ({
		name: 'Layers',
		count: layers.filter(({ kind }) => kind !== 'shared').length,
	}),
	items: ({ layers }) => layers,
	head: layersHead,
	facts: layerCounts,
	row: layerRow,
	nameOf: layerName,
	details: layerDetails,
	empty: 'Neither image has a layer.',
});

const bothWidth = 2 * SIZE_WIDTH + 3;

function layersHead({ images }: OpenedDifference, width: number): string {
	const numbers = numberWidth(images);
	return [
		` ${padEnd('#', numbers)}`,
		...(width < WITH_KIND ? [] : [padEnd('', 8)]),
		padEnd('stored', bothWidth),
		...(width < WITH_UNPACKED ? [] : [padEnd('unpacked', bothWidth)]),
		'instruction',
	].join(' ');
}

function layerRow(aligned: AlignedLayer, subject: OpenedDifference, width: number): readonly Span[] {
	const { letter, style } = layerMarks[aligned.kind];
	const { images } = subject;
	const layers = layersOf(aligned, subject);
	const unpacked = pairOf(aligned).map((index, side) =>
		index === null ? null : images[side].unpackedBytes[index],
	);
	const instruction = (layers[1] ?? layers[0])?.instruction ?? '';
	return [
		span(`${letter} `, style),
		span(`${padEnd(numbersOf(aligned), numberWidth(images))} `),
		...(width < WITH_KIND ? [] : [span(`${padEnd(aligned.kind, 8)} `, style)]),
		span(`${sizes([layers[0]?.storedBytes ?? null, layers[1]?.storedBytes ?? null])} `),
		...(width < WITH_UNPACKED ? [] : [span(`${sizes([unpacked[0], unpacked[1]])} `, 'faint')]),
		span(formatInstruction(instruction), 'faint'),
	];
}

function layersOf(
	aligned: AlignedLayer,
	{ images }: OpenedDifference,
): readonly (LayerDescription | undefined)[] {
	return pairOf(aligned).map((index, side) =>
		index === null ? undefined : images[side].description.layers[index],
	);
}

function layerName(aligned: AlignedLayer, subject: OpenedDifference): string {
	const [older, newer] = layersOf(aligned, subject);
	const instruction = formatInstruction((newer ?? older)?.instruction ?? '');
	return `Layer ${numbersOf(aligned)} ${instruction}`.trimEnd();
}

/** `3`, or `3 → 4` where it is another one in the new image, `- → 4` where only that has it. */
function numbersOf(aligned: AlignedLayer): string {
	const [older, newer] = pairOf(aligned).map((index) => (index === null ? null : String(index + 1)));
	return oldAndNew([older, newer]);
}

function numberWidth(images: readonly ComparedSide[]): number {
	const [older, newer] = images.map(({ description }) => String(description.layers.length).length);
	return older + 3 + newer;
}

/** Both sizes, or the one that is equal in both below the old ones. */
function sizes([older, newer]: readonly [number | null, number | null]): string {
	const [shownOld, shownNew] = [older, newer].map((bytes) => (bytes === null ? '-' : formatBytes(bytes)));
	if (older === newer) return padEnd(padStart(shownOld, SIZE_WIDTH), bothWidth);
	return `${padStart(shownOld, SIZE_WIDTH)} → ${padEnd(shownNew, SIZE_WIDTH)}`;
}
