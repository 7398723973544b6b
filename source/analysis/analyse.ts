import {
	ADDED,
	CONTENT,
	type FileTree,
	IDENTICAL,
	METADATA,
	NO_ENTRY,
	REMOVED,
	type WasteCause,
	wasteCauses,
} from '../filetree/file-tree.ts';
import { kindOfEntry } from '../filetree/links.ts';
import { inParts, Prepared, type Steps } from '../steps.ts';
import { DIRECTORY, FILE, HARD_LINK, SYMLINK } from '../tar/changeset.ts';
import { type BaseInput, resolveBase } from './base.ts';
import {
	type ChangeCounts,
	type Figures,
	type LayerFigures,
	type LayerWaste,
	type ListedKind,
	listedKinds,
} from './figures.ts';
import { sumOf, sumOfColumn } from './sum-of.ts';
import { findWastedPaths } from './wasted-paths.ts';

export interface FiguresInput extends BaseInput {
	readonly tree: FileTree;
	/** Whether what a comparison with another image does not show is left until somebody asks for it. */
	readonly isCompared?: boolean | undefined;
}

/** Changes, nodes or layers that take about a millisecond. */
const ITEMS_A_STEP = 8192;
const LAYERS_A_STEP = 256;

/** Works out the figures of an image that are cheap: in one pass over its changes. */
export function* analyse(input: FiguresInput): Steps<Figures> {
	const { tree, description, isCompared = false } = input;
	const wastedBy = wasteByCulprit(tree);
	const layers: LayerFigures[] = [];
	for (const [index, changeset] of tree.changesets.entries()) {
		const changes = yield* nowOrLater(countChanges(tree, index), isCompared);
		layers.push({
			index,
			storedBytes: description.layers[index].storedBytes,
			unpackedBytes: changeset.unpackedBytes,
			layerBytes: sumOfColumn(changeset.sizes),
			wastedBytes: wastedBy[index],
			get changes() {
				return changes();
			},
		});
		if (index % LAYERS_A_STEP === LAYERS_A_STEP - 1) yield;
	}
	const totalBytes = sumOf(layers.map(({ layerBytes }) => layerBytes));
	const wastedBytes = sumOfColumn(tree.waste.bytes);
	const base = resolveBase(input);
	const wastedPaths = yield* nowOrLater(findWastedPaths(tree), isCompared);
	return {
		layers,
		storedBytes: sumOf(layers.map(({ storedBytes }) => storedBytes)),
		unpackedBytes: sumOf(layers.map(({ unpackedBytes }) => unpackedBytes)),
		totalBytes,
		liveBytes: totalBytes - wastedBytes,
		wastedBytes,
		efficiency: totalBytes === 0 ? 1 : (totalBytes - wastedBytes) / totalBytes,
		wasteByCause: wasteByCause(tree),
		base,
		baseLayers: wasteOf(layers.slice(0, base.layerCount)),
		addedLayers: wasteOf(layers.slice(base.layerCount)),
		get wastedPaths() {
			return wastedPaths();
		},
		finalFileSystem: yield* countFinalFileSystem(tree),
	};
}

/** Works something out now, or once when it is first asked for. */
function* nowOrLater<T>(steps: Steps<T>, isLater: boolean): Steps<() => T> {
	if (isLater) {
		const later = new Prepared(steps);
		return () => later.get();
	}
	const value = yield* steps;
	return () => value;
}

function wasteByCulprit({ waste, layerCount }: FileTree): Float64Array {
	const bytes = new Float64Array(layerCount);
	for (let index = 0; index < waste.count; index++) bytes[waste.culprits[index]] += waste.bytes[index];
	return bytes;
}

function wasteByCause({ waste }: FileTree): Record<WasteCause, number> {
	const bytes: Record<WasteCause, number> = {
		removed: 0,
		content: 0,
		metadata: 0,
		identical: 0,
		duplicate: 0,
	};
	for (let index = 0; index < waste.count; index++)
		bytes[wasteCauses[waste.causes[index]]] += waste.bytes[index];
	return bytes;
}

const listedKindOf: Readonly<Partial<Record<number, ListedKind>>> = {
	[ADDED]: 'added',
	[CONTENT]: 'content',
	[METADATA]: 'metadata',
	[IDENTICAL]: 'identical',
	[REMOVED]: 'removed',
};

function* countChanges(tree: FileTree, layer: number): Steps<Record<ListedKind, ChangeCounts>> {
	const counts = Object.fromEntries(
		listedKinds.map((kind) => [kind, { files: 0, directories: 0, bytes: 0 }]),
	) as Record<ListedKind, { files: number; directories: number; bytes: number }>;
	const start = tree.layerChangeStarts[layer];
	const end = tree.layerChangeStarts[layer + 1];
	const countSome = (from: number, to: number): void => {
		for (let index = from; index < to; index++) {
			const change = tree.layerChanges[start + index];
			const kind = listedKindOf[tree.changeKindCodes[change]];
			if (kind === undefined) continue;
			const count = counts[kind];
			if (entryKindOf(tree, change) === DIRECTORY) count.directories += 1;
			else count.files += 1;
			count.bytes += tree.changeBytes[change];
		}
	};
	// A step for each of many small layers would take longer than counting.
	if (end - start <= ITEMS_A_STEP) countSome(0, end - start);
	else yield* inParts(end - start, ITEMS_A_STEP, countSome);
	return counts;
}

/** The entry kind of what a change is about: of what was there before, for a removal. The change before of the same node is the one before it in the columns. */
export function entryKindOf(tree: FileTree, change: number): number {
	return kindOfEntry(tree, tree.changeEntries[change] === NO_ENTRY ? change - 1 : change);
}

function wasteOf(layers: readonly LayerFigures[]): LayerWaste {
	const wastedBytes = sumOf(layers.map((layer) => layer.wastedBytes));
	const layerBytes = sumOf(layers.map((layer) => layer.layerBytes));
	const ratio = layerBytes === 0 ? Number(wastedBytes > 0) : wastedBytes / layerBytes;
	return { wastedBytes, layerBytes, wastedRatio: ratio };
}

/** Counts what is visible at the top of the stack; the root itself is not counted. */
function* countFinalFileSystem(tree: FileTree): Steps<Figures['finalFileSystem']> {
	const counts = { files: 0, hardLinks: 0, symlinks: 0, directories: 0, special: 0 };
	yield* inParts(tree.nodeCount, ITEMS_A_STEP, (from, to) => {
		for (let node = Math.max(1, from); node < to; node++) {
			const last = tree.changeStarts[node + 1] - 1;
			if (last < tree.changeStarts[node] || tree.changeEntries[last] === NO_ENTRY) continue;
			const kind = kindOfEntry(tree, last);
			if (kind === FILE) counts.files += 1;
			else if (kind === HARD_LINK) counts.hardLinks += 1;
			else if (kind === SYMLINK) counts.symlinks += 1;
			else if (kind === DIRECTORY) counts.directories += 1;
			else counts.special += 1;
		}
	});
	return counts;
}
