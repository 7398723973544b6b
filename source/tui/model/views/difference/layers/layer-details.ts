import type { AlignedLayer } from '../../../../../diff/align-layers.ts';
import { formatBytes, formatExactBytes } from '../../../../../text/bytes.ts';
import { escapeForTerminal } from '../../../../../text/escape.ts';
import { madeBy } from '../../../../../text/instruction.ts';
import { span } from '../../../line.ts';
import type { OpenedDifference } from '../../../opened-difference.ts';
import { anyField, type DetailRow, field, instructionRows } from '../../list/detail-rows.ts';
import { layerMarks, pairOf, reasons } from './layer-words.ts';

/** Everything about a layer in both images. */
export function layerDetails(
	aligned: AlignedLayer,
	{ images, pull }: OpenedDifference,
	width: number,
): readonly DetailRow[] {
	const indices = pairOf(aligned);
	const [older, newer] = indices.map((index, side) =>
		index === null ? null : images[side].description.layers[index],
	);
	const unpacked = indices.map((index, side) =>
		index === null ? null : formatExactBytes(images[side].unpackedBytes[index]),
	);
	const both = (name: string, read: (layer: NonNullable<typeof older>) => string | null) =>
		anyField(name, [older && read(older), newer && read(newer)], width);
	const text = (value: string | null) => (value === null ? null : escapeForTerminal(value));
	return [
		...instructions(older && madeBy(older), newer && madeBy(newer), { aligned, width }),
		[],
		...field('layer', whyNew(aligned), { width, style: layerMarks[aligned.kind].style }),
		...both('stored', ({ storedBytes }) => formatExactBytes(storedBytes)),
		...anyField('unpacked', [unpacked[0], unpacked[1]], width),
		...(newer === null ? [] : field('pull', pullText(newer, pull.layers), { width })),
		...both('created', ({ created }) => text(created)),
		...both('diff ID', ({ diffId }) => text(diffId)),
		...both('digest', ({ digest }) => text(digest)),
		...both('type', ({ mediaType }) => text(mediaType)),
		...both('comment', ({ comment }) => text(comment)),
		...both('absent', ({ absent }) => (absent === null ? null : 'kept elsewhere by design, counts as empty')),
	].filter((row) => !isEmptyField(row));
}

/** The instruction; both of them where it is another one. */
function instructions(
	older: string | null,
	newer: string | null,
	{ aligned, width }: { readonly aligned: AlignedLayer; readonly width: number },
): readonly DetailRow[] {
	if (aligned.kind !== 'changed' || older === newer) {
		return instructionRows(newer ?? older, width, 'strong');
	}
	return [
		[span('old instruction', 'faint')],
		...instructionRows(older, width),
		[span('new instruction', 'faint')],
		...instructionRows(newer, width, 'strong'),
	];
}

function whyNew(aligned: AlignedLayer): string {
	if (aligned.kind === 'changed') return `changed: ${reasons[aligned.reason]}`;
	return layerMarks[aligned.kind].meaning;
}

function pullText(
	{ index, storedBytes }: { readonly index: number; readonly storedBytes: number },
	pulled: readonly number[],
): string {
	if (!pulled.includes(index)) return 'not needed: a host with the old image has it';
	return `${formatBytes(storedBytes)} for a host with the old image`;
}

/** A field that neither image has. */
function isEmptyField(row: DetailRow): boolean {
	return row.length === 2 && row[1].text === '-';
}
