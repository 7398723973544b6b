import { ATTRIBUTES_DIGEST_BYTES, CAPABILITIES_BIT } from '../tar/changeset.ts';
import type { FileTree } from './file-tree.ts';

const impliedAttributes = { modes: 0o755, uids: 0, gids: 0 } as const;

/** Mode, owner or group of what a change left there. */
export function attributeOf(tree: FileTree, change: number, column: keyof typeof impliedAttributes): number {
	const entry = tree.changeEntries[change];
	return entry < 0 ? impliedAttributes[column] : tree.changesets[tree.changeLayers[change]][column][entry];
}

/** Modification time of what a change left there, seconds since 1970; null for a directory that no layer names. */
export function modificationTimeOf(tree: FileTree, change: number): number | null {
	const entry = tree.changeEntries[change];
	return entry < 0 ? null : tree.changesets[tree.changeLayers[change]].mtimes[entry];
}

/** Whether modification times are known of what two changes left, and differ. */
export function haveOtherTimes(
	[oldTree, newTree]: readonly [FileTree, FileTree],
	[older, newer]: readonly [number, number],
): boolean {
	const [before, after] = [modificationTimeOf(oldTree, older), modificationTimeOf(newTree, newer)];
	return before !== null && after !== null && before !== after;
}

/** The number of the extended attributes that a path has after a change. Equal numbers mean equal attributes; 0 means no attributes. */
export function attributesNumber({ changeAttributes }: FileTree, change: number): number {
	return changeAttributes === null ? 0 : changeAttributes.numbers[change];
}

/** Whether a path has capabilities of a file after a change (capabilities(7)). */
export function hasCapabilities(tree: FileTree, change: number): boolean {
	const number = attributesNumber(tree, change);
	if (number === 0 || tree.changeAttributes === null) return false;
	return (tree.changeAttributes.digests[(number - 1) * ATTRIBUTES_DIGEST_BYTES] & CAPABILITIES_BIT) !== 0;
}
