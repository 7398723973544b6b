import type { ImageDifference } from '../../../diff/image-difference.ts';
import { type FoundPath, findPath } from '../../../diff/listing/find-path.ts';
import type { Both } from '../../../diff/merge/merge-structure.ts';
import { FathomError } from '../../../errors.ts';
import { changeBefore } from '../../../filetree/comparison.ts';
import { type FileTree, NO_ENTRY } from '../../../filetree/file-tree.ts';
import { describingEntryOf, kindOfEntry } from '../../../filetree/links.ts';
import { pathOf } from '../../../filetree/paths.ts';
import { suggest } from '../../../settings/command-line/suggest.ts';
import { runInSlices } from '../../../sources/time-slice.ts';
import { DIRECTORY, SYMLINK, stringAt } from '../../../tar/changeset.ts';
import { escapePath } from '../../../text/escape.ts';
import { shorten } from '../../../text/shorten.ts';
import { labelsOf, type PatchedImages } from './patched-images.ts';

/** A path that one of the images has. */
export interface ChosenPath {
	/** Of the merged tree. */
	readonly node: number;
	/** Whether no image has anything but a folder there. */
	readonly isFolder: boolean;
	/** Safe for a terminal. */
	readonly text: string;
}

/** Finds a path as the user wrote it. Throws `not-found` where neither image has it. */
export async function choosePath(
	path: string,
	{ images, difference }: { readonly images: PatchedImages; readonly difference: ImageDifference },
	signal: AbortSignal,
): Promise<ChosenPath> {
	const found = await runInSlices(findPath(difference.tree, path), signal);
	if (found.kind === 'missing') throw notThere(path, found, { images, difference });
	const { node } = found;
	const kinds = kindsAt(difference, node);
	return {
		node,
		isFolder: node === 0 || kinds.every((kind) => kind === null || kind === DIRECTORY),
		text: shownPath(difference.tree, node),
	};
}

/** The kind of entry that each image has at a node of the merged tree, or null. */
function kindsAt({ tree, oldLayerCount }: ImageDifference, node: number): Both<number | null> {
	const kindBefore = (point: number): number | null => {
		const change = changeBefore(tree, node, point);
		return change < 0 || tree.changeEntries[change] === NO_ENTRY ? null : kindOfEntry(tree, change);
	};
	return [kindBefore(oldLayerCount), kindBefore(tree.layerCount)];
}

function notThere(
	path: string,
	found: Extract<FoundPath, { kind: 'missing' }>,
	{ images, difference }: { readonly images: PatchedImages; readonly difference: ImageDifference },
): FathomError {
	const [older, newer] = labelsOf(images);
	const text = shorten(path.startsWith('/') ? path : `/${path}`);
	return new FathomError({
		code: 'not-found',
		message: `Neither ${older} nor ${newer} has ${text}.`,
		hint: hintFor(found, difference),
	});
}

function hintFor(
	{ nearest, name, siblings }: Extract<FoundPath, { kind: 'missing' }>,
	difference: ImageDifference,
): string {
	const { tree } = difference;
	const parent = shownPath(tree, nearest);
	const target = linkTarget(difference, nearest);
	if (target !== null)
		return `${parent} is a symlink to ${shorten(escapePath(target))}, which is not followed: name the path that it leads to.`;
	const similar = suggest(name, siblings);
	if (similar !== null) return `${parent === '/' ? '' : parent}/${similar}`;
	return nearest === 0
		? 'fathom diff OLD NEW shows which paths differ.'
		: `The nearest path that is there is ${parent}.`;
}

/** Where a path is a symlink in one of the images, what it leads to. */
function linkTarget({ tree, oldLayerCount }: ImageDifference, node: number): string | null {
	for (const point of [tree.layerCount, oldLayerCount]) {
		const change = node === 0 ? -1 : changeBefore(tree, node, point);
		if (change < 0 || tree.changeEntries[change] < 0 || kindOfEntry(tree, change) !== SYMLINK) continue;
		const { layerIndex, entry } = describingEntryOf(tree, change);
		return Buffer.from(stringAt(tree.changesets[layerIndex].targets, entry)).toString('utf8');
	}
	return null;
}

function shownPath(tree: FileTree, node: number): string {
	return `/${escapePath(pathOf(tree, node))}`;
}
