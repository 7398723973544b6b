import type { Both } from '../../../../../diff/merge/merge-structure.ts';
import { attributeOf } from '../../../../../filetree/change-attributes.ts';
import { bytesAfterAt, bytesBeforeAt, changedCountAt, kindAt } from '../../../../../filetree/comparison.ts';
import { type FileTree, UNCHANGED } from '../../../../../filetree/file-tree.ts';
import { formatCount, formatExactBytes } from '../../../../../text/bytes.ts';
import { formatInstruction } from '../../../../../text/instruction.ts';
import { attributesOf } from '../../../frame/attributes.ts';
import { shownPath } from '../../../frame/names.ts';
import { span } from '../../../line.ts';
import type { OpenedDifference } from '../../../opened-difference.ts';
import { exactDeltaText } from '../delta.ts';
import { anyField, bothField, type DetailRow, field, paragraph } from '../detail-rows.ts';
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
	{ comparison }: OpenedDifference,
	node: number,
	{ changes: [older, newer], width }: SizeRoom,
): readonly DetailRow[] {
	const [before, after] = [bytesBeforeAt(comparison, node), bytesAfterAt(comparison, node)];
	const sizes: Both<string | null> = [
		older === null ? null : formatExactBytes(before),
		newer === null ? null : formatExactBytes(after),
	];
	const delta = before === after ? [] : field('delta', exactDeltaText(after - before), { width });
	return [...bothField('size', sizes, width), ...delta];
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
		const instruction = layers[layer]?.instruction ?? null;
		const label = `${side === 0 ? 'old' : 'new'} layer`;
		const text = instruction === null ? '' : ` ${formatInstruction(instruction)}`;
		return field(label, `${layer + 1} of ${layers.length}${text}`, { width });
	};
	return [
		...(older === null ? [] : layerOf(0, older)),
		...(newer === null || newer === older ? [] : layerOf(1, newer)),
		// A path that does not differ has the change of the old image alone.
		...(newer !== null && newer === older ? [[span(sameText(tree, newer), 'faint')]] : []),
	];
}
