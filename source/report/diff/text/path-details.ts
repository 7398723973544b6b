import type { ImageDifference } from '../../../diff/image-difference.ts';
import type { DifferingPath } from '../../../diff/listing/differing-path.ts';
import type { MetadataField } from '../../../diff/listing/file-differences.ts';
import type { Both } from '../../../diff/merge/merge-structure.ts';
import { attributeOf, modificationTimeOf } from '../../../filetree/change-attributes.ts';
import { type FileTree, IMPLIED_DIRECTORY } from '../../../filetree/file-tree.ts';
import { describingEntryOf, isHardLink, kindOfEntry } from '../../../filetree/links.ts';
import { pathOf } from '../../../filetree/paths.ts';
import { type EntryKind, entryKinds, FILE, HARD_LINK, SYMLINK, stringAt } from '../../../tar/changeset.ts';
import { formatDate } from '../../../text/dates.ts';
import { decodeName } from '../../../text/decode-name.ts';
import { escapePath } from '../../../text/escape.ts';

const typeWords: Readonly<Record<EntryKind, string>> = {
	file: 'file',
	'hard-link': 'hard link',
	symlink: 'symlink',
	directory: 'directory',
	'character-device': 'character device',
	'block-device': 'block device',
	fifo: 'fifo',
};

/** What is to be said of a path beside its sizes: where it moved from, its types, its link targets, and `mode 644 -> 600`. */
export function describeDetail({ tree }: ImageDifference, path: DifferingPath): string {
	const { kind, from, oldChange, newChange, fields } = path;
	const slash = path.isDirectory ? '/' : '';
	const details = from === null ? [] : [`from /${escapePath(pathOf(tree, from))}${slash}`];
	if (oldChange !== null && newChange !== null) {
		const states = [stateOf(tree, oldChange), stateOf(tree, newChange)];
		// What is of another type has other permissions as a matter of course.
		if (kind === 'type') return `${states[0].type} -> ${states[1].type}`;
		if (kind === 'content' && states.every(({ target }) => target !== null))
			details.push(`${states[0].targetName} ${states[0].target} -> ${states[1].target}`);
		details.push(...fields.map((field) => describeField(tree, field, [oldChange, newChange])));
	}
	details.push(...describeHardLink(tree, [oldChange, newChange]));
	return details.join(', ');
}

/** A hard link carries no bytes, so that without a word its path would read as emptied. */
function describeHardLink(tree: FileTree, [older, newer]: Both<number | null>): readonly string[] {
	if (newer !== null && isHardLink(tree, newer)) return [`hard link to ${linkTarget(tree, newer)}`];
	if (older !== null && isHardLink(tree, older)) return [`was a hard link to ${linkTarget(tree, older)}`];
	return [];
}

/** As the layer that made the link names it. */
function linkTarget({ changesets, changeLayers, changeEntries }: FileTree, change: number): string {
	const { targets } = changesets[changeLayers[change]];
	return `/${escapePath(decodeName(stringAt(targets, changeEntries[change])))}`;
}

interface State {
	readonly type: string;
	/** Of a symlink, or the number of a device. */
	readonly target: string | null;
	readonly targetName: 'target' | 'device number';
}

function stateOf(tree: FileTree, change: number): State {
	const kind = kindOfEntry(tree, change);
	const type = typeWords[entryKinds[kind]];
	if (kind === FILE || kind === HARD_LINK || tree.changeEntries[change] === IMPLIED_DIRECTORY)
		return { type, target: null, targetName: 'target' };
	const { layerIndex, entry } = describingEntryOf(tree, change);
	const target = decodeName(stringAt(tree.changesets[layerIndex].targets, entry));
	const targetName = kind === SYMLINK ? 'target' : 'device number';
	return { type, target: target === '' ? null : escapePath(target), targetName };
}

function describeField(tree: FileTree, field: MetadataField, changes: readonly [number, number]): string {
	const valuesOf = (column: 'modes' | 'uids' | 'gids') =>
		changes.map((change) => attributeOf(tree, change, column));
	switch (field) {
		case 'mode':
			return `mode ${valuesOf('modes')
				.map((mode) => mode.toString(8))
				.join(' -> ')}`;
		case 'uid':
			return `uid ${valuesOf('uids').join(' -> ')}`;
		case 'gid':
			return `gid ${valuesOf('gids').join(' -> ')}`;
		case 'xattrs':
			return 'extended attributes';
		case 'mtime':
			return `mtime ${changes.map((change) => formatDate(modificationTimeOf(tree, change) ?? 0)).join(' -> ')}`;
	}
}
