import { type ChangeKind, changeKinds, type FileTree, NO_ENTRY } from '../../../../filetree/file-tree.ts';
import {
	contentEntryOf,
	describingEntryOf,
	kindOfEntry,
	type LayerEntry,
} from '../../../../filetree/links.ts';
import { pathOf } from '../../../../filetree/paths.ts';
import { DIRECTORY, type EntryKind, entryKinds, stringAt } from '../../../../tar/changeset.ts';
import { shownBytes } from '../../frame/names.ts';

/** What a layer left at a path that is no folder. */
export interface FileVersion {
	/** 0-based. */
	readonly layer: number;
	readonly change: ChangeKind;
	readonly kind: EntryKind;
	/** Of a regular file, bytes. */
	readonly bytes: number;
	/** Where the content of a regular file is; null for an empty one, such as a hard link to nothing. */
	readonly content: LayerEntry | null;
	/** Of a symlink, safe for a terminal; null for anything else. */
	readonly target: string | null;
}

/** All versions of a path, the lowest layer first. */
export function versionsOf(tree: FileTree, node: number): readonly FileVersion[] {
	const versions: FileVersion[] = [];
	for (let change = tree.changeStarts[node]; change < tree.changeStarts[node + 1]; change++) {
		if (tree.changeEntries[change] === NO_ENTRY || isFolder(tree, change)) continue;
		versions.push(versionAt(tree, change));
	}
	return versions;
}

/** The layers, 0-based, that left a folder at a path, from after the version before one to before the version after it. */
export function foldersBeside(
	tree: FileTree,
	{
		node,
		versions,
		version,
	}: { readonly node: number; readonly versions: readonly FileVersion[]; readonly version: number },
): readonly number[] {
	const after = versions[version - 1]?.layer ?? -1;
	const before = versions[version + 1]?.layer ?? tree.layerCount;
	const layers: number[] = [];
	for (let change = tree.changeStarts[node]; change < tree.changeStarts[node + 1]; change++) {
		const layer = tree.changeLayers[change];
		if (layer > after && layer < before && isFolder(tree, change)) layers.push(layer);
	}
	return layers;
}

function isFolder(tree: FileTree, change: number): boolean {
	return tree.changeEntries[change] !== NO_ENTRY && kindOfEntry(tree, change) === DIRECTORY;
}

/** Which of the versions a layer, 0-based, has; of what it removed the one before; -1 for none. */
export function versionIn(versions: readonly FileVersion[], layer: number): number {
	const last = versions.findLastIndex((version) => version.layer <= layer);
	return last === -1 ? versions.length - 1 : last;
}

/** Whether there is a version of a path that is no folder. */
export function hasVersions(tree: FileTree, node: number): boolean {
	return node > 0 && versionsOf(tree, node).length > 0;
}

/** What a service is told about a version. */
export function askedFile(
	tree: FileTree,
	{
		node,
		version,
		isRevealed,
	}: { readonly node: number; readonly version: FileVersion; readonly isRevealed: boolean },
) {
	return {
		path: pathOf(tree, node),
		content: version.content,
		totalBytes: version.bytes,
		isRevealed,
	};
}

function versionAt(tree: FileTree, change: number): FileVersion {
	const layer = tree.changeLayers[change];
	const kind = entryKinds[kindOfEntry(tree, change)];
	const described = describingEntryOf(tree, change);
	const isFile = kind === 'file' || kind === 'hard-link';
	const content = isFile ? contentEntryOf(tree, change) : null;
	return {
		layer,
		change: changeKinds[tree.changeKindCodes[change]],
		kind: isFile ? 'file' : kind,
		bytes: content === null ? 0 : tree.changesets[content.layerIndex].sizes[content.entry],
		content,
		target:
			kind === 'symlink'
				? shownBytes(stringAt(tree.changesets[described.layerIndex].targets, described.entry))
				: null,
	};
}
