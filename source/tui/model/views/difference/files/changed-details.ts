import type { Both } from '../../../../../diff/merge/merge-structure.ts';
import { attributeOf } from '../../../../../filetree/change-attributes.ts';
import {
	bytesAfterAt,
	bytesBeforeAt,
	type Comparison,
	changedCountAt,
	kindAt,
} from '../../../../../filetree/comparison.ts';
import { NO_ENTRY, UNCHANGED } from '../../../../../filetree/file-tree.ts';
import { formatCount, formatExactBytes } from '../../../../../text/bytes.ts';
import { formatInstruction, madeBy } from '../../../../../text/instruction.ts';
import { attributesOf } from '../../../frame/attributes.ts';
import { shownPath } from '../../../frame/names.ts';
import type { OpenedDifference } from '../../../opened-difference.ts';
import { anyField, bothText, type DetailRow, field, paragraph } from '../../list/detail-rows.ts';
import { exactDeltaText } from '../delta.ts';
import { changesOf, fieldTexts, modeText, movedFrom, typeText } from './changed-facts.ts';
import { differenceMark } from './difference-letters.ts';

/** Everything about a path in both images. With the sums of what matches a filter, those of a folder as well. */
export function changedDetails(
	subject: OpenedDifference,
	node: number,
	{ width, sums = subject.comparison }: DetailsRoom,
): readonly DetailRow[] {
	const { tree } = subject;
	const changes = changesOf(subject, node);
	const mark = differenceMark(subject, node);
	const from = movedFrom(subject, node);
	const both = (name: string, read: (change: number) => string | null) =>
		anyField(name, [ifThere(changes[0], read), ifThere(changes[1], read)], width);
	return [
		...paragraph(shownPath(tree, node), width, 'strong'),
		...paragraph(mark.meaning, width, mark.style),
		...(from === null ? [] : field('moved from', from, { width })),
		...amountRows(subject, node, { changes, width, sums }),
		...both('type', (change) => typeText(subject, change)),
		...both('mode', (change) => `${modeText(subject, change)} ${attributesOf(tree, change).permissions}`),
		...both('owner', (change) => `${attributeOf(tree, change, 'uids')}:${attributeOf(tree, change, 'gids')}`),
		...(fieldTexts(subject, node).includes('extended attributes')
			? field('attributes', 'the extended attributes differ', { width })
			: []),
		...(changes.some((change) => change !== null && attributesOf(tree, change).target !== null)
			? both('link to', (change) => attributesOf(tree, change).target)
			: []),
		...layerRows(subject, node, { changes, width }),
	];
}

function ifThere<T>(change: number | null, read: (change: number) => T): T | null {
	return change === null ? null : read(change);
}

interface DetailsRoom {
	readonly width: number;
	/** What the rows show. */
	readonly sums?: Comparison;
}

interface SizeRoom {
	readonly changes: Both<number | null>;
	readonly width: number;
	readonly sums: Comparison;
}

/** What a path carries in each image, and how much below it changed. Of what matches a filter no more than the bytes are known. */
function amountRows(subject: OpenedDifference, node: number, room: SizeRoom): readonly DetailRow[] {
	const { comparison, tree } = subject;
	const { sums, changes, width } = room;
	const isInner = tree.subtreeEnds[node] > node + 1;
	const below = changedCountAt(comparison, node) - (kindAt(comparison, node) > UNCHANGED ? 1 : 0);
	const all = sizeTexts(comparison, node, changes);
	const matching = sizeTexts(sums, node, changes);
	const moved = movedRows(subject, node, room);
	const both = ({ sizes, delta }: SizeTexts) => (delta === null ? sizes : `${sizes}, ${delta}`);
	return [
		...(both(matching) === both(all)
			? [
					...field('size', all.sizes, { width }),
					...moved,
					...(all.delta === null ? [] : field('delta', all.delta, { width })),
				]
			: [
					...field('matching', both(matching), { width }),
					...field('all of it', both(all), { width }),
					...moved,
				]),
		...(isInner ? field('below', `${formatCount(below)} changed`, { width }) : []),
	];
}

interface SizeTexts {
	readonly sizes: string;
	/** Null where both sizes are equal. */
	readonly delta: string | null;
}

function sizeTexts(sums: Comparison, node: number, [older, newer]: Both<number | null>): SizeTexts {
	const [before, after] = [bytesBeforeAt(sums, node), bytesAfterAt(sums, node)];
	return {
		sizes: bothText([
			older === null ? null : formatExactBytes(before),
			newer === null ? null : formatExactBytes(after),
		]),
		delta: before === after ? null : exactDeltaText(after - before),
	};
}

/** What moved counts at its new path: a folder that one image alone has may have held more, or less. */
function movedRows(
	subject: OpenedDifference,
	node: number,
	{ changes: [older, newer], width }: Omit<SizeRoom, 'sums'>,
): readonly DetailRow[] {
	const isFolder = subject.tree.subtreeEnds[node] > node + 1;
	const here = isFolder && older === null ? bytesBeforeAt(subject.comparison, node) : 0;
	const away = isFolder && newer === null ? movedAwayBytes(subject, node) : 0;
	return [
		...(here === 0
			? []
			: field('moved here', `${formatExactBytes(here)} of it, no part of delta`, { width })),
		...(away === 0 ? [] : field('moved away', `${formatExactBytes(away)} more, no part of delta`, { width })),
	];
}

/** The bytes of what was below a folder that only the old image has, and is now at another path. */
function movedAwayBytes({ tree, comparison, moves }: OpenedDifference, folder: number): number {
	let bytes = 0;
	for (let node = folder + 1; node < tree.subtreeEnds[folder]; ) {
		const to = moves.movedTo[node];
		if (to !== NO_ENTRY) bytes += bytesBeforeAt(comparison, to);
		node = to === NO_ENTRY ? node + 1 : tree.subtreeEnds[node];
	}
	return bytes;
}

/** What is below a directory may differ all the same. */
function sameText({ tree, comparison }: OpenedDifference, node: number, change: number): string {
	if (!attributesOf(tree, change).isDirectory) return 'The new image has the same.';
	return changedCountAt(comparison, node) > 0
		? 'The directory itself is the same in both images.'
		: 'The new image has the same directory.';
}

/** The layer that a path is from in each image, and the instruction that made that layer. */
function layerRows(
	subject: OpenedDifference,
	node: number,
	{ changes: [older, newer], width }: Omit<SizeRoom, 'sums'>,
): readonly DetailRow[] {
	const { tree, images, oldLayerCount } = subject;
	const layerOf = (side: 0 | 1, change: number): readonly DetailRow[] => {
		// The layers of the new image follow those of the old one and a layer that removes.
		const layer = tree.changeLayers[change] - (side === 0 ? 0 : oldLayerCount + 1);
		const { layers } = images[side].description;
		const made = layers[layer] === undefined ? null : madeBy(layers[layer]);
		const label = `${side === 0 ? 'old' : 'new'} layer`;
		const text = made === null ? '' : ` ${formatInstruction(made)}`;
		return field(label, `${layer + 1} of ${layers.length}${text}`, { width });
	};
	return [
		...(older === null ? [] : layerOf(0, older)),
		...(newer === null || newer === older ? [] : layerOf(1, newer)),
		// A path that does not differ has the change of the old image alone.
		...(newer !== null && newer === older ? paragraph(sameText(subject, node, newer), width, 'faint') : []),
	];
}
