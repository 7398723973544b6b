import {
	type ChangeKind,
	changeKinds,
	type FileTree,
	NO_ENTRY,
	type WasteCause,
	wasteCauses,
} from '../../../../filetree/file-tree.ts';
import { kindOfEntry } from '../../../../filetree/links.ts';
import { type EntryKind, entryKinds } from '../../../../tar/changeset.ts';

/** What one layer did to a path. */
export interface HistoryRow {
	/** 0-based. */
	readonly layer: number;
	readonly change: ChangeKind;
	/** What it left there that is no file; null for a file and for a removal. */
	readonly other: OtherThanFile | null;
	/** Of a removal, what was there before. */
	readonly bytes: number;
	/** What of this layer's bytes is not to be seen in the end. */
	readonly wastedBytes: number;
	/** The layer that took them away, 0-based; null where nothing is wasted. */
	readonly culprit: number | null;
	/** What that layer did; null where nothing is wasted. */
	readonly cause: WasteCause | null;
}

/** Every layer that touched a path, the lowest first. */
export function historyOf(tree: FileTree, node: number): readonly HistoryRow[] {
	const wastes = wasteOf(tree, node);
	const rows: HistoryRow[] = [];
	for (let change = tree.changeStarts[node]; change < tree.changeStarts[node + 1]; change++) {
		const layer = tree.changeLayers[change];
		const waste = wastes.get(layer);
		rows.push({
			layer,
			change: changeKinds[tree.changeKindCodes[change]],
			other: otherThanFile(tree, change),
			bytes: tree.changeBytes[change],
			wastedBytes: waste?.bytes ?? 0,
			culprit: waste?.culprit ?? null,
			cause: waste?.cause ?? null,
		});
	}
	return rows;
}

/** What has no bytes of its own. */
type OtherThanFile = 'folder' | 'symlink' | 'device' | 'fifo';

const others: Readonly<Record<EntryKind, OtherThanFile | null>> = {
	file: null,
	'hard-link': null,
	directory: 'folder',
	symlink: 'symlink',
	'character-device': 'device',
	'block-device': 'device',
	fifo: 'fifo',
};

function otherThanFile(tree: FileTree, change: number): OtherThanFile | null {
	return tree.changeEntries[change] === NO_ENTRY ? null : others[entryKinds[kindOfEntry(tree, change)]];
}

interface Waste {
	readonly bytes: number;
	readonly culprit: number;
	readonly cause: WasteCause;
}

function wasteOf({ waste }: FileTree, node: number): ReadonlyMap<number, Waste> {
	const found = new Map<number, Waste>();
	for (let index = waste.nodes.indexOf(node); index !== -1; index = waste.nodes.indexOf(node, index + 1)) {
		if (index >= waste.count) break;
		const before = found.get(waste.layers[index])?.bytes ?? 0;
		found.set(waste.layers[index], {
			bytes: before + waste.bytes[index],
			culprit: waste.culprits[index],
			cause: wasteCauses[waste.causes[index]],
		});
	}
	return found;
}
