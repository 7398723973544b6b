import { trimmed } from '../../columns/grow.ts';
import { attributeOf, haveOtherTimes } from '../../filetree/change-attributes.ts';
import {
	ADDED,
	CONTENT,
	type FileTree,
	IMPLIED_DIRECTORY,
	type LinkColumns,
	METADATA,
	NO_ENTRY,
	REMOVED,
	UNCHANGED,
	type WasteColumns,
} from '../../filetree/file-tree.ts';
import { contentEntryOf, isHardLink } from '../../filetree/links.ts';
import { changesByLayer } from '../../filetree/stacking/sorted-changes.ts';
import { inParts, type Steps } from '../../steps.ts';
import { emptyChangeset } from '../../tar/empty-changeset.ts';
import { OTHER_CONTENT, OTHER_TYPE, SAME_ENTRY } from './content-pairs.ts';
import { type Both, type MergedStructure, NOT_THERE } from './merge-structure.ts';
import { MergedAttributes } from './merged-attributes.ts';

const NODES_A_STEP = 4096;

/** What two images have, to be merged. */
export interface MergeInput {
	readonly trees: Both<FileTree>;
	readonly structure: MergedStructure;
	/** A code of `content-pairs.ts` for each merged node, with the contents of all pairs compared. */
	readonly contents: Uint8Array;
	/** Whether another modification time is a change of metadata. */
	readonly isStrict: boolean;
}

/**
 * One tree of the final file systems of two images, as if the new image were stacked on the old one: the layers of the old image, a layer
 * that removes what the new image does not have, and the layers of the new image. So `compare(tree, n, tree.layerCount)`, where n is how
 * many layers the old image has, is the difference between both. Nothing is wasted in it: what each image wastes is in its own tree.
 */
export function* mergeTrees({ trees, structure, contents, isStrict }: MergeInput): Steps<FileTree> {
	const { parents, subtreeEnds, names } = structure;
	const [older, newer] = trees;
	const changes = new MergedChanges(trees, 2 * parents.length, isStrict);
	const changeStarts = new Uint32Array(parents.length + 1);
	yield* inParts(parents.length, NODES_A_STEP, (from, to) => {
		for (let node = from; node < to; node++) {
			changes.addNode(structure.changes[0][node], structure.changes[1][node], contents[node]);
			changeStarts[node + 1] = changes.count;
		}
	});
	const changesets = [...older.changesets, emptyChangeset(), ...newer.changesets];
	const columns = changes.finish();
	const byLayer = yield* changesByLayer(columns.changeLayers, changesets.length);
	return {
		...columns,
		nodeCount: parents.length,
		layerCount: changesets.length,
		parents,
		subtreeEnds,
		names,
		changeStarts,
		layerChanges: byLayer.changes,
		layerChangeStarts: byLayer.starts,
		changesets,
		waste: noWaste,
	};
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

/** At most two changes a node: what it is in the old image, and what it is in the new one where that differs. */
class MergedChanges {
	count = 0;
	readonly #trees: Both<FileTree>;
	readonly #isStrict: boolean;
	readonly #layers: Uint16Array;
	readonly #kinds: Uint8Array;
	readonly #entries: Int32Array;
	readonly #bytes: Float64Array;
	readonly #contents: Uint32Array;
	readonly #attributes: MergedAttributes;
	readonly #attributeNumbers: Uint32Array;
	readonly #links: [change: number, layer: number, entry: number][] = [];

	constructor(trees: Both<FileTree>, most: number, isStrict: boolean) {
		this.#trees = trees;
		this.#isStrict = isStrict;
		this.#layers = new Uint16Array(most);
		this.#kinds = new Uint8Array(most);
		this.#entries = new Int32Array(most);
		this.#bytes = new Float64Array(most);
		this.#contents = new Uint32Array(most);
		this.#attributes = new MergedAttributes(trees);
		this.#attributeNumbers = new Uint32Array(this.#attributes.isEmpty ? 0 : most);
	}

	addNode(older: number, newer: number, content: number): void {
		if (older !== NOT_THERE) this.#add(0, older, this.#kindOfNew(0, older));
		if (newer === NOT_THERE) {
			if (older !== NOT_THERE) this.#addRemoval(older);
			return;
		}
		const kind = older === NOT_THERE ? this.#kindOfNew(1, newer) : this.#kindOfBoth(older, newer, content);
		if (older !== NOT_THERE && kind === UNCHANGED) return;
		this.#add(1, newer, kind);
		this.#contents[this.count - 1] = differs(content) ? 1 : 0;
	}

	/** An implied directory is no change by itself, neither when it comes nor when it goes. */
	#kindOfNew(side: 0 | 1, change: number): number {
		return this.#trees[side].changeEntries[change] === IMPLIED_DIRECTORY ? UNCHANGED : ADDED;
	}

	#kindOfBoth(older: number, newer: number, content: number): number {
		if (content === SAME_ENTRY) return UNCHANGED;
		if (differs(content)) return CONTENT;
		const isSame = attributes.every(
			(name) => attributeOf(this.#trees[0], older, name) === attributeOf(this.#trees[1], newer, name),
		);
		if (this.#isStrict && haveOtherTimes(this.#trees, [older, newer])) return METADATA;
		const isWhole = isSame && this.#attributes.numberOf(0, older) === this.#attributes.numberOf(1, newer);
		return isWhole ? UNCHANGED : METADATA;
	}

	#add(side: 0 | 1, change: number, kind: number): void {
		const tree = this.#trees[side];
		const offset = side === 0 ? 0 : this.#trees[0].layerCount + 1;
		const index = this.count;
		this.count += 1;
		this.#layers[index] = tree.changeLayers[change] + offset;
		this.#kinds[index] = kind;
		this.#entries[index] = tree.changeEntries[change];
		this.#bytes[index] = tree.changeBytes[change];
		if (!this.#attributes.isEmpty) this.#attributeNumbers[index] = this.#attributes.numberOf(side, change);
		if (!isHardLink(tree, change)) return;
		const content = contentEntryOf(tree, change);
		this.#links.push([index, (content?.layerIndex ?? 0) + offset, content?.entry ?? NO_ENTRY]);
	}

	#addRemoval(change: number): void {
		const index = this.count;
		this.count += 1;
		this.#layers[index] = this.#trees[0].layerCount;
		this.#kinds[index] = this.#kindOfNew(0, change) === ADDED ? REMOVED : UNCHANGED;
		this.#entries[index] = NO_ENTRY;
		this.#bytes[index] = this.#trees[0].changeBytes[change];
		this.#contents[index] = 1;
	}

	finish(): ChangeColumns {
		return {
			changeLayers: trimmed(this.#layers, this.count),
			changeKindCodes: trimmed(this.#kinds, this.count),
			changeEntries: trimmed(this.#entries, this.count),
			changeBytes: trimmed(this.#bytes, this.count),
			changeContents: trimmed(this.#contents, this.count),
			changeAttributes: this.#attributes.column(trimmed(this.#attributeNumbers, this.count)),
			links: linkColumns(this.#links),
		};
	}
}

const attributes = ['modes', 'uids', 'gids'] as const;

function differs(content: number): boolean {
	return content === OTHER_CONTENT || content === OTHER_TYPE;
}

function linkColumns(links: readonly (readonly [number, number, number])[]): LinkColumns {
	return {
		changes: Uint32Array.from(links, ([change]) => change),
		layers: Uint16Array.from(links, ([, layer]) => layer),
		entries: Int32Array.from(links, ([, , entry]) => entry),
	};
}

const noWaste: WasteColumns = {
	count: 0,
	nodes: new Int32Array(0),
	bytes: new Float64Array(0),
	layers: new Uint16Array(0),
	culprits: new Uint16Array(0),
	causes: new Uint8Array(0),
};
