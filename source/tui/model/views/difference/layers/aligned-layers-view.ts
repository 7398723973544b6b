import type { AlignedLayer } from '../../../../../diff/align-layers.ts';
import type { LayerDescription } from '../../../../../image/image.ts';
import { formatBytes } from '../../../../../text/bytes.ts';
import { formatInstruction, madeBy } from '../../../../../text/instruction.ts';
import { padEnd, padStart } from '../../../cells.ts';
import { type Span, span } from '../../../line.ts';
import type { ComparedSide, OpenedDifference } from '../../../opened-difference.ts';
import { searchedText } from '../../list/detail-rows.ts';
import { layerNumber, safeText } from '../../list/exported-cells.ts';
import { listView } from '../../list/list-view.ts';
import { heading } from '../heading.ts';
import { layerDetails } from './layer-details.ts';
import { layerMarks, oldAndNew, pairOf } from './layer-words.ts';
import { layerCounts } from './layers-summary.ts';

const SIZE_WIDTH = 7;
/** Lists narrower than this show the stored bytes alone, and those narrower than the other the numbers and what became of a layer. */
const WITH_UNPACKED = 84;
const WITH_KIND = 64;

/** The layers of both images side by side, lowest first, and why a layer is another one. */
export const alignedLayersView = listView<OpenedDifference, AlignedLayer, 'layer pairs' | 'layer pair'>({
	kind: 'difference',
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
	heading,
	items: ({ layers }) => layers,
	head: layersHead,
	facts: layerCounts,
	row: layerRow,
	nameOf: layerName,
	texts: layerTexts,
	orders: [
		{ column: '#', description: 'by place', amountOf: null },
		{ column: 'stored', description: 'by stored bytes', amountOf: storedBytesOf },
	],
	details: layerDetails,
	empty: () => 'Neither image has a layer.',
	exported: {
		name: 'layers',
		columns: [
			{ name: 'kind', cellOf: ({ kind }) => kind },
			{ name: 'oldLayer', cellOf: (aligned) => layerNumber(pairOf(aligned)[0]) },
			{ name: 'newLayer', cellOf: (aligned) => layerNumber(pairOf(aligned)[1]) },
			{
				name: 'oldStoredBytes',
				cellOf: (aligned, subject) => layersOf(aligned, subject)[0]?.storedBytes ?? null,
			},
			{
				name: 'newStoredBytes',
				cellOf: (aligned, subject) => layersOf(aligned, subject)[1]?.storedBytes ?? null,
			},
			{
				name: 'instruction',
				cellOf: (aligned, subject) => {
					const [older, newer] = layersOf(aligned, subject);
					const layer = newer ?? older;
					return layer === undefined ? null : safeText(madeBy(layer));
				},
			},
		],
	},
	command: ['diff', '--only', 'layers'],
	spoken: { needs: [], row: spokenLayer },
});

const bothWidth = 2 * SIZE_WIDTH + 3;

function layersHead({ images }: OpenedDifference, width: number, sorted: (column: string) => string): string {
	const numbers = numberWidth(images);
	return [
		` ${padEnd(sorted('#'), numbers)}`,
		...(width < WITH_KIND ? [] : [padEnd('', 8)]),
		padEnd(sorted('stored'), bothWidth),
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
	const layer = layers[1] ?? layers[0];
	const made = layer === undefined ? null : madeBy(layer);
	return [
		span(`${letter} `, style),
		span(`${padEnd(numbersOf(aligned), numberWidth(images))} `),
		...(width < WITH_KIND ? [] : [span(`${padEnd(aligned.kind, 8)} `, style)]),
		span(`${sizes([layers[0]?.storedBytes ?? null, layers[1]?.storedBytes ?? null])} `),
		...(width < WITH_UNPACKED ? [] : [span(`${sizes([unpacked[0], unpacked[1]])} `, 'faint')]),
		span(made === null ? 'no history' : formatInstruction(made), 'faint'),
	];
}

function spokenLayer(aligned: AlignedLayer, subject: OpenedDifference): string {
	const [older, newer] = layersOf(aligned, subject);
	const layer = newer ?? older;
	const made = layer === undefined ? null : madeBy(layer);
	const [oldNumber, newNumber] = pairOf(aligned).map((index) => (index === null ? null : index + 1));
	const numbers = [
		...(oldNumber === null ? [] : [`old layer ${oldNumber}`]),
		...(newNumber === null ? [] : [`new layer ${newNumber}`]),
	];
	const stored = [older, newer].flatMap((each) =>
		each === undefined ? [] : [formatBytes(each.storedBytes)],
	);
	const sizes = [...new Set(stored)].join(', now ');
	const instruction = made === null ? 'no history' : formatInstruction(made);
	return `${aligned.kind}, ${numbers.join(', ')}, stores ${sizes}: ${instruction}`;
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
	const layer = newer ?? older;
	const made = layer === undefined ? null : madeBy(layer);
	return `Layer ${numbersOf(aligned)} ${formatInstruction(made ?? '')}`.trimEnd();
}

function layerTexts(aligned: AlignedLayer, subject: OpenedDifference): readonly string[] {
	const texts = layersOf(aligned, subject).flatMap((layer) =>
		layer === undefined ? [] : [layer.instruction, layer.digest, layer.diffId, layer.comment],
	);
	return [aligned.kind, ...texts.filter((text) => text !== null).map(searchedText)];
}

/** Those of the new image; of a layer that it does not have, those of the old one. */
function storedBytesOf(aligned: AlignedLayer, subject: OpenedDifference): number {
	const [older, newer] = layersOf(aligned, subject);
	return (newer ?? older)?.storedBytes ?? 0;
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
