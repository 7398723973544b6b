import { DIRECTORY } from '../tar/changeset.ts';
import type { FileTree } from './file-tree.ts';

const impliedAttributes = { modes: 0o755, uids: 0, gids: 0 } as const;

/** Mode, owner or group of what a touch left there. */
export function attributeOf(tree: FileTree, touch: number, column: keyof typeof impliedAttributes): number {
	const entry = tree.touchEntries[touch];
	return entry < 0 ? impliedAttributes[column] : tree.changesets[tree.touchLayers[touch]][column][entry];
}

/** The entry-kind code of what a touch left there. Not for removals. */
export function kindOfEntry(tree: FileTree, touch: number): number {
	const entry = tree.touchEntries[touch];
	return entry < 0 ? DIRECTORY : tree.changesets[tree.touchLayers[touch]].kinds[entry];
}
