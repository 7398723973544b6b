import { changedFields, type MetadataField } from '../../../../../diff/listing/file-differences.ts';
import type { Both } from '../../../../../diff/merge/merge-structure.ts';
import { isOwnMove } from '../../../../../diff/merge/moves.ts';
import { attributeOf, modificationTimeOf } from '../../../../../filetree/change-attributes.ts';
import { changeBefore } from '../../../../../filetree/comparison.ts';
import { NO_ENTRY } from '../../../../../filetree/file-tree.ts';
import { kindOfEntry } from '../../../../../filetree/links.ts';
import { entryKinds } from '../../../../../tar/changeset.ts';
import { formatDate } from '../../../../../text/dates.ts';
import { shownPath } from '../../../frame/names.ts';
import type { OpenedDifference } from '../../../opened-difference.ts';

/** The change that a node has in each image; null where it is not there. Of what moved, the old one is that of its old path. */
export function changesOf({ tree, oldLayerCount }: OpenedDifference, node: number): Both<number | null> {
	const there = (change: number) => (change < 0 || tree.changeEntries[change] === NO_ENTRY ? null : change);
	return [there(changeBefore(tree, node, oldLayerCount)), there(changeBefore(tree, node, tree.layerCount))];
}

/** The type of a path in words. */
export function typeText({ tree }: OpenedDifference, change: number): string {
	return entryKinds[kindOfEntry(tree, change)];
}

/** The mode of a path in octal digits. */
export function modeText({ tree }: OpenedDifference, change: number): string {
	return attributeOf(tree, change, 'modes').toString(8);
}

/** Where a path moved from; null for one that did not, or that moved along with its folder. */
export function movedFrom({ tree, moves }: OpenedDifference, node: number): string | null {
	return isOwnMove(moves, tree, node) ? shownPath(tree, moves.movedFrom[node]) : null;
}

/** The fields that differ, with their values: `mode 644 → 600`. */
export function fieldTexts(subject: OpenedDifference, node: number): readonly string[] {
	const [older, newer] = changesOf(subject, node);
	if (older === null || newer === null || older === newer) return [];
	const { tree, oldLayerCount, strict } = subject;
	const nodes = { older: node, newer: node, isStrict: strict !== null };
	return changedFields(tree, nodes, oldLayerCount).map((field) => fieldText(subject, field, [older, newer]));
}

function fieldText(subject: OpenedDifference, field: MetadataField, [older, newer]: Both<number>): string {
	const { tree } = subject;
	switch (field) {
		case 'mode':
			return `mode ${modeText(subject, older)} → ${modeText(subject, newer)}`;
		case 'uid':
			return `uid ${attributeOf(tree, older, 'uids')} → ${attributeOf(tree, newer, 'uids')}`;
		case 'gid':
			return `gid ${attributeOf(tree, older, 'gids')} → ${attributeOf(tree, newer, 'gids')}`;
		case 'xattrs':
			return 'extended attributes';
		case 'mtime':
			return `mtime ${timeText(subject, older)} → ${timeText(subject, newer)}`;
	}
}

/** Only where a layer has an entry for the path: without one there is no time that could differ. */
function timeText({ tree }: OpenedDifference, change: number): string {
	return formatDate(modificationTimeOf(tree, change) ?? 0);
}
