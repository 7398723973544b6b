import { sortColumn } from '../../columns/sort-column.ts';
import { changeBefore } from '../../filetree/comparison.ts';
import { type FileTree, NO_ENTRY } from '../../filetree/file-tree.ts';
import { contentEntryOf, kindOfEntry, type LayerEntry } from '../../filetree/links.ts';
import { inParts, type Steps } from '../../steps.ts';
import { DIRECTORY, FILE, HARD_LINK, SYMLINK } from '../../tar/changeset.ts';

/** What is made, and in which order. All nodes are there at the point. */
export interface ExtractionPlan {
	/** With the folders above what was chosen; parents come before children. Never the root. */
	readonly directories: readonly number[];
	readonly files: PlannedFiles;
	readonly symlinks: readonly number[];
	/** Devices and fifos, which are not made. */
	readonly special: readonly number[];
}

/** Regular files in the order in which the layers have their contents, so that each layer is unpacked once. Names of one file follow each other. */
export interface PlannedFiles {
	readonly count: number;
	/** Content to be written; a file with several names counts once. */
	readonly totalBytes: number;
	readonly at: (index: number) => PlannedFile;
}

const NODES_A_STEP = 4096;
const FILES_A_RUN = 2048;

/** Decides what is made of the subtrees given, which do not overlap. */
export function* planExtraction(
	tree: FileTree,
	tops: readonly number[],
	point: number,
): Steps<ExtractionPlan> {
	const directories = aboveOf(tree, tops);
	const [files, symlinks, special]: [number[], number[], number[]] = [[], [], []];
	for (const top of tops) {
		const first = Math.max(1, top);
		yield* inParts(tree.subtreeEnds[top] - first, NODES_A_STEP, (from, to) => {
			for (let node = first + from; node < first + to; node++) {
				const change = changeBefore(tree, node, point);
				if (change < 0 || tree.changeEntries[change] === NO_ENTRY) continue;
				listFor(kindOfEntry(tree, change), { directories, files, symlinks, special }).push(node);
			}
		});
	}
	const contents = yield* contentsOf(tree, files, point);
	const order = yield* inTarOrder(tree, contents);
	return { directories, files: yield* placed(tree, files, { contents, order }), symlinks, special };
}

/** A regular file that is made. */
export interface PlannedFile {
	readonly node: number;
	/** Where the content is; null for a hard link to nothing. */
	readonly content: LayerEntry | null;
}

type Lists = Record<'directories' | 'files' | 'symlinks' | 'special', number[]>;

function listFor(kind: number, { directories, files, symlinks, special }: Lists): number[] {
	if (kind === DIRECTORY) return directories;
	if (kind === FILE || kind === HARD_LINK) return files;
	return kind === SYMLINK ? symlinks : special;
}

/** The folders above some nodes, parents first. */
function aboveOf({ parents }: FileTree, nodes: readonly number[]): number[] {
	const above = new Set<number>();
	for (const node of nodes) {
		for (let folder = parents[node]; folder > 0 && !above.has(folder); folder = parents[folder])
			above.add(folder);
	}
	return [...above].sort((left, right) => left - right);
}

/** Where the contents of some files are: -1 for none. */
interface Contents {
	readonly layers: Int32Array;
	readonly entries: Int32Array;
}

function* contentsOf(tree: FileTree, files: readonly number[], point: number): Steps<Contents> {
	const layers = new Int32Array(files.length).fill(-1);
	const entries = new Int32Array(files.length).fill(-1);
	yield* inParts(files.length, NODES_A_STEP, (from, to) => {
		for (let file = from; file < to; file++) {
			const content = contentEntryOf(tree, changeBefore(tree, files[file], point));
			if (content === null) continue;
			layers[file] = content.layerIndex;
			entries[file] = content.entry;
		}
	});
	return { layers, entries };
}

/** The files in the order of the layers, and in each in that of the tar. */
function* inTarOrder({ changesets }: FileTree, { layers, entries }: Contents): Steps<Uint32Array> {
	const order = new Uint32Array(layers.length);
	const positions = new Float64Array(layers.length);
	yield* inParts(order.length, NODES_A_STEP, (from, to) => {
		for (let file = from; file < to; file++) {
			order[file] = file;
			if (layers[file] >= 0) positions[file] = changesets[layers[file]].positions[entries[file]];
		}
	});
	const compare = (left: number, right: number): number =>
		layers[left] - layers[right] ||
		positions[left] - positions[right] ||
		entries[left] - entries[right] ||
		left - right;
	yield* sortColumn(order, {
		runLength: FILES_A_RUN,
		sortRun: (run) => void run.sort(compare),
		isInOrder: (left, right) => compare(left, right) <= 0,
	});
	return order;
}

interface Ordered {
	readonly contents: Contents;
	readonly order: Uint32Array;
}

function* placed(
	{ changesets }: FileTree,
	files: readonly number[],
	{ contents: { layers, entries }, order }: Ordered,
): Steps<PlannedFiles> {
	let totalBytes = 0;
	yield* inParts(order.length, NODES_A_STEP, (from, to) => {
		for (let index = from; index < to; index++) {
			const [file, before] = [order[index], index === 0 ? -1 : order[index - 1]];
			if (layers[file] < 0 || (layers[file] === layers[before] && entries[file] === entries[before]))
				continue;
			totalBytes += changesets[layers[file]].sizes[entries[file]];
		}
	});
	const at = (index: number): PlannedFile => {
		const file = order[index];
		const content = layers[file] < 0 ? null : { layerIndex: layers[file], entry: entries[file] };
		return { node: files[file], content };
	};
	return { count: order.length, totalBytes, at };
}
