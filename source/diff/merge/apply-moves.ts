import { trimmed } from '../../columns/grow.ts';
import { attributesNumber } from '../../filetree/change-attributes.ts';
import { changeBefore } from '../../filetree/comparison.ts';
import { type FileTree, IDENTICAL, METADATA, NO_ENTRY, UNCHANGED } from '../../filetree/file-tree.ts';
import { contentEntryOf, isHardLink, type LayerEntry } from '../../filetree/links.ts';
import { changesByLayer } from '../../filetree/stacking/sorted-changes.ts';
import { inParts, type Steps } from '../../steps.ts';
import type { ImageDifference } from '../image-difference.ts';
import { changedFields } from '../listing/file-differences.ts';
import { isOwnMove } from './moves.ts';

type MovedTree = Pick<ImageDifference, 'tree' | 'oldLayerCount' | 'moves'>;

const NODES_A_STEP = 4096;

/**
 * The merged tree as if everything that moved had been at its new path in the old image already. What moved by itself is IDENTICAL
 * there, what moved along with its folder is METADATA or UNCHANGED, and nothing is left at the old paths. So a move is one row, costs
 * nothing, and the deltas of all rows still add up to that of the image. A node that is left out is in neither image. The same tree where
 * nothing moved and nothing is left out.
 */
export function* applyMoves(
	moved: MovedTree,
	isLeftOut: ((node: number) => boolean) | null = null,
): Steps<FileTree> {
	const { tree, moves } = moved;
	if (isLeftOut === null && moves.movedFrom.every((node) => node === NO_ENTRY)) return tree;
	const changes = new CopiedChanges(tree);
	const changeStarts = new Uint32Array(tree.nodeCount + 1);
	yield* inParts(tree.nodeCount, NODES_A_STEP, (from, to) => {
		for (let node = from; node < to; node++) {
			if (isLeftOut?.(node) !== true) addNode(changes, node, moved);
			changeStarts[node + 1] = changes.count;
		}
	});
	const columns = changes.finish();
	const byLayer = yield* changesByLayer(columns.changeLayers, tree.layerCount);
	return {
		...tree,
		...columns,
		changeStarts,
		layerChanges: byLayer.changes,
		layerChangeStarts: byLayer.starts,
	};
}

function addNode(changes: CopiedChanges, node: number, moved: MovedTree): void {
	const { tree, oldLayerCount, moves } = moved;
	if (moves.movedTo[node] !== NO_ENTRY) return;
	const from = moves.movedFrom[node];
	if (from === NO_ENTRY) {
		for (let change = tree.changeStarts[node]; change < tree.changeStarts[node + 1]; change++)
			changes.add(change, tree.changeKindCodes[change]);
		return;
	}
	const before = changeBefore(tree, from, oldLayerCount);
	changes.add(before, tree.changeKindCodes[before]);
	changes.add(changeBefore(tree, node, tree.layerCount), kindOfMoved(moved, node, from));
}

function kindOfMoved({ tree, oldLayerCount, moves }: MovedTree, node: number, from: number): number {
	if (isOwnMove(moves, tree, node)) return IDENTICAL;
	const isSame = changedFields(tree, { older: from, newer: node }, oldLayerCount).length === 0;
	return isSame ? UNCHANGED : METADATA;
}

type ChangeColumns = Pick<
	FileTree,
	| 'changeAttributes'
	| 'changeLayers'
	| 'changeKindCodes'
	| 'changeEntries'
	| 'changeBytes'
	| 'changeContents'
	| 'links'
>;

/** Changes of a tree in another order. */
class CopiedChanges {
	count = 0;
	readonly #tree: FileTree;
	readonly #layers: Uint16Array;
	readonly #kinds: Uint8Array;
	readonly #entries: Int32Array;
	readonly #bytes: Float64Array;
	readonly #contents: Uint32Array;
	readonly #attributes: Uint32Array;
	readonly #links: { readonly change: number; readonly content: LayerEntry | null }[] = [];

	constructor(tree: FileTree) {
		// A move has the two changes of its old path and the one of its new path, and two are left of them.
		const most = tree.changeLayers.length;
		this.#tree = tree;
		this.#layers = new Uint16Array(most);
		this.#kinds = new Uint8Array(most);
		this.#entries = new Int32Array(most);
		this.#bytes = new Float64Array(most);
		this.#contents = new Uint32Array(most);
		this.#attributes = new Uint32Array(tree.changeAttributes === null ? 0 : most);
	}

	add(change: number, kind: number): void {
		const tree = this.#tree;
		const index = this.count;
		this.count += 1;
		this.#layers[index] = tree.changeLayers[change];
		this.#kinds[index] = kind;
		this.#entries[index] = tree.changeEntries[change];
		this.#bytes[index] = tree.changeBytes[change];
		this.#contents[index] = tree.changeContents[change];
		if (tree.changeAttributes !== null) this.#attributes[index] = attributesNumber(tree, change);
		if (isHardLink(tree, change)) this.#links.push({ change: index, content: contentEntryOf(tree, change) });
	}

	finish(): ChangeColumns {
		const { changeAttributes } = this.#tree;
		const { count } = this;
		return {
			changeLayers: trimmed(this.#layers, count),
			changeKindCodes: trimmed(this.#kinds, count),
			changeEntries: trimmed(this.#entries, count),
			changeBytes: trimmed(this.#bytes, count),
			changeContents: trimmed(this.#contents, count),
			changeAttributes: changeAttributes && {
				...changeAttributes,
				numbers: trimmed(this.#attributes, count),
			},
			links: {
				changes: Uint32Array.from(this.#links, ({ change }) => change),
				layers: Uint16Array.from(this.#links, ({ content }) => content?.layerIndex ?? 0),
				entries: Int32Array.from(this.#links, ({ content }) => content?.entry ?? NO_ENTRY),
			},
		};
	}
}
