import type { Both } from '../../../../../diff/merge/merge-structure.ts';
import { attributeOf } from '../../../../../filetree/change-attributes.ts';
import { bytesAfterAt, bytesBeforeAt, changedCountAt, kindAt } from '../../../../../filetree/comparison.ts';
import { type FileTree, NO_ENTRY, UNCHANGED } from '../../../../../filetree/file-tree.ts';
import { formatCount, formatExactBytes } from '../../../../../text/bytes.ts';
import { formatInstruction, madeBy } from '../../../../../text/instruction.ts';
import { attributesOf } from '../../../frame/attributes.ts';
import { shownPath } from '../../../frame/names.ts';
import { span } from '../../../line.ts';
import type { OpenedDifference } from '../../../opened-difference.ts';
import { anyField, bothField, type DetailRow, field, paragraph } from '../../list/detail-rows.ts';
import { exactDeltaText } from '../delta.ts';
import { changesOf, fieldTexts, modeText, movedFrom, typeText } from './changed-facts.ts';
import { differenceMark } from './difference-letters.ts';

/** Everything about a path in both images. */
export function changedDetails(subject: OpenedDifference, node: number, width: number): readonly DetailRow[] {
	const { tree, comparison } = subject;
	const changes = changesOf(subject, node);
	const mark = differenceMark(subject, node);
	const from = movedFrom(subject, node);
	const both = (name: string, read: (change: number) => string | null) =>
		anyField(name, [ifThere(changes[0], read), ifThere(changes[1], read)], width);
	const below = changedCountAt(comparison, node) - (kindAt(comparison, node) > UNCHANGED ? 1 : 0);
	const isInner = tree.subtreeEnds[node] > node + 1;
	return [
		...paragraph(shownPath(tree, node), width, 'strong'),
		...paragraph(mark.meaning, width, mark.style),
		...(from === null ? [] : field('moved from', from, { width })),
		...sizeRows(subject, node, { changes, width }),
		...(isInner ? field('below', `${formatCount(below)} changed`, { width }) : []),
		...both('type', (change) => typeText(subject, change)),
		...both('mode', (change) => `${modeText(subject, change)} ${attributesOf(tree, change).permissions}`),
		...both('owner', (change) => `${attributeOf(tree, change, 'uids')}:${attributeOf(tree, change, 'gids')}`),
		...(fieldTexts(subject, node).includes('extended attributes')
			? field('attributes', 'the extended attributes differ', { width })
			: []),
		...(changes.some((change) => change !== null && attributesOf(tree, change).target !== null)
			? both('link to', (change) => attributesOf(tree, change).target)
			: []),
		...layerRows(subject, changes, width),
	];
}

function ifThere<T>(change: number | null, read: (change: number) => T): T | null {
	return change === null ? null : read(change);
}

interface SizeRoom {
	readonly changes: Both<number | null>;
	readonly width: number;
}

function sizeRows(
	subject: OpenedDifference,
	node: number,
	{ changes: [older, newer], width }: SizeRoom,
): readonly DetailRow[] {
	const { comparison } = subject;
	const [before, after] = [bytesBeforeAt(comparison, node), bytesAfterAt(comparison, node)];
	const sizes: Both<string | null> = [
		older === null ? null : formatExactBytes(before),
		newer === null ? null : formatExactBytes(after),
	];
	const delta = before === after ? [] : field('delta', exactDeltaText(after - before), { width });
	return [
		...bothField('size', sizes, width),
		...movedRows(subject, node, { changes: [older, newer], width }),
		...delta,
	];
}

/** What moved counts at its new path: a folder that one image alone has may have held more, or less. */
function movedRows(
	subject: OpenedDifference,
	node: number,
	{ changes: [older, newer], width }: SizeRoom,
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
function sameText(tree: FileTree, change: number): string {
	const { isDirectory } = attributesOf(tree, change);
	return isDirectory ? 'The new image has the same directory.' : 'The new image has the same.';
}

/** The layer that a path is from in each image, and the instruction that made that layer. */
function layerRows(
	{ tree, images, oldLayerCount }: OpenedDifference,
	[older, newer]: Both<number | null>,
	width: number,
): readonly DetailRow[] {
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
		...(newer !== null && newer === older ? [[span(sameText(tree, newer), 'faint')]] : []),
	];
}
