import type { FileTree } from '../../../../filetree/file-tree.ts';
import type { FilePlace } from '../../views/view.ts';
import type { FileStep } from './file-scene.ts';
import { type FileState, initialFile, PART_BYTES, type Reading } from './file-state.ts';
import { askedFile, versionIn, versionsOf } from './versions.ts';

type FileEffects = FileStep['effects'];

/** The screen on a path that is no folder, with what it asks for; null for a folder. */
export function openFile(tree: FileTree, { node, layer }: FilePlace, isWrapped: boolean): OpenedFile | null {
	const versions = versionsOf(tree, node);
	if (node === 0 || versions.length === 0) return null;
	const file = initialFile(node, { versions, version: versionIn(versions, layer) });
	return startReading(tree, { ...file, isWrapped });
}

export interface OpenedFile {
	readonly state: FileState;
	readonly effects: FileEffects;
}

/** The state in which the shown version is read from its start. */
export function startReading(tree: FileTree, state: FileState): OpenedFile {
	if (state.versions[state.version].kind !== 'file')
		return { state: { ...state, content: { kind: 'none' }, reading: null, diff: null }, effects: [] };
	const waiting: FileState = { ...state, content: { kind: 'waiting' }, match: null };
	const target = { kind: 'offset', offset: 0 } as const;
	return readPart(tree, waiting, { start: 0, target });
}

/** The state in which a part is read. What is shown stays until it is there. */
export function readPart(tree: FileTree, state: FileState, reading: Reading): OpenedFile {
	const asked = askedVersion(tree, state, state.version);
	return {
		state: { ...state, reading },
		effects: [
			{
				type: 'request',
				kind: 'read-file',
				ask: { ...asked, start: reading.start, length: PART_BYTES },
				answered: (answer) => ({ type: 'read', answer }),
			},
		],
	};
}

/** The state in which the shown version is compared with the one before. There has to be one. */
export function startComparing(tree: FileTree, state: FileState): OpenedFile {
	const older = askedVersion(tree, state, state.version - 1);
	const newer = askedVersion(tree, state, state.version);
	return {
		state: { ...state, diff: { kind: 'waiting' }, position: { row: 0, line: 0 }, left: 0 },
		effects: [
			{
				type: 'request',
				kind: 'compare-file',
				ask: { older, newer },
				answered: (answer) => ({ type: 'compared', answer }),
			},
		],
	};
}

/** What a service is told about one of the versions. */
export function askedVersion(tree: FileTree, { node, versions, isRevealed }: FileState, version: number) {
	return askedFile(tree, { node, version: versions[version], isRevealed });
}

/** Whether both the shown version and the one before are regular files. */
export function canCompare({ versions, version }: FileState): boolean {
	return version > 0 && versions[version].kind === 'file' && versions[version - 1].kind === 'file';
}
