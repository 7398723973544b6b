import type { FileTree } from './file-tree.ts';

const impliedAttributes = { modes: 0o755, uids: 0, gids: 0 } as const;

/** Mode, owner or group of what a change left there. */
export function attributeOf(tree: FileTree, change: number, column: keyof typeof impliedAttributes): number {
	const entry = tree.changeEntries[change];
	return entry < 0 ? impliedAttributes[column] : tree.changesets[tree.changeLayers[change]][column][entry];
}

/** The number of the extended attributes that a path has after a change. Equal numbers mean equal attributes; 0 means no attributes. */
export function attributesNumber({ changeAttributes }: FileTree, change: number): number {
	return changeAttributes === null ? 0 : changeAttributes.numbers[change];
}
