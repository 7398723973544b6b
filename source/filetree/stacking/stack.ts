import { discard, trimmed } from '../../columns/grow.ts';
import { FathomError } from '../../errors.ts';
import type { Changeset } from '../../tar/changeset.ts';
import type { ContentClasses, ContentGroups } from '../../tar/content-groups.ts';
import { type EntryLimits, noLimits } from '../../tar/entry-budget.ts';
import type { Warning } from '../../warning.ts';
import type { FileTree, PathTree } from '../file-tree.ts';
import { BareChangesets } from './bare-changesets.ts';
import { ContentNumbers } from './content-numbers.ts';
import type { ContentsToCompare } from './contents-to-compare.ts';
import { type ChangeColumns, describeChanges, describeWaste, newChangeColumns } from './finish-tree.ts';
import type { ImageEntries } from './image-entries.ts';
import { LayerStacker } from './layer-stacker.ts';
import { type NodeOrder, numberNodes } from './number-nodes.ts';
import type { RawDeaths } from './raw-changes.ts';
import { changesByLayer, type SortedChanges, sortChanges } from './sorted-changes.ts';
import { WarningTally } from './warning-tally.ts';

const MOST_LAYERS = 0xffff;

export interface StackedImage {
	readonly tree: FileTree;
	/**
	 * The node of entry i of layer k is `entryNodes[k][i]`; of a marker, the node that it is about. Only the score that dive gives needs
	 * it, so it is no part of the tree.
	 */
	readonly entryNodes: readonly Int32Array[];
	readonly warnings: readonly Warning[];
}

/** Every path of an image, and where the layers' entries belong. */
export interface TreeStructure {
	readonly tree: PathTree;
	/** As in `StackedImage`. */
	readonly entryNodes: StackedImage['entryNodes'];
}

/** Which contents have to be compared, and what is known before they are. */
export interface UnresolvedContents {
	readonly groups: ContentGroups;
	/** The layers' changesets, which have no paths any more. */
	readonly changesets: readonly Changeset[];
	/** The tree without its changes, which contents have nothing to do with. */
	readonly structure: () => TreeStructure;
	/**
	 * Finishes the image as if all those contents differed: all is final but the kinds of such changes and the causes of waste, and
	 * node numbers stay. Its columns become those of the whole image.
	 */
	readonly draft: () => StackedImage;
}

/** Tells which files have the same content. */
export type ResolveContents = (contents: UnresolvedContents) => Promise<ContentClasses>;

/**
 * Stacks the layers' changesets, lowest first, into one tree. Time and memory grow with the number of entries.
 * Throws `unsupported` beyond 65,535 layers, and what `resolve` throws.
 */
export function stackChangesets(
	changesets: readonly Changeset[],
	resolve: ResolveContents,
): Promise<StackedImage> {
	const stack = new ImageStack(entriesIn(changesets));
	for (const changeset of changesets) stack.add(changeset);
	return stack.finish(resolve);
}

/**
 * Gets pairs of files, which will come first among the groups to compare, in this order, as soon as the layers so far
 * leave open whether they are the same.
 */
export type OnPairs = (pairs: ContentGroups, changesets: readonly Changeset[]) => void;

/** Stacks layers as they come, lowest first. */
export class ImageStack {
	readonly #tally = new WarningTally();
	readonly #bare = new BareChangesets();
	readonly #stacker: LayerStacker;
	readonly #onPairs: OnPairs | undefined;

	/** `expectedEntries` decides how much memory is allocated first. */
	constructor(expectedEntries: number, onPairs?: OnPairs, limits: EntryLimits = noLimits) {
		this.#onPairs = onPairs;
		this.#stacker = new LayerStacker(
			expectedEntries,
			(code, layer, example) => this.#tally.add(code, layer, example),
			limits,
		);
	}

	/** The layers so far, as `add` got them, but without their paths. */
	get changesets(): readonly Changeset[] {
		return this.#stacker.entries.changesets;
	}

	/** Adds the next layer. Throws `unsupported` beyond 65,535 layers, and `too-large` beyond the limits. */
	add(changeset: Changeset): void {
		if (this.changesets.length === MOST_LAYERS) {
			throw new FathomError({
				code: 'unsupported',
				message: `The image has more than ${MOST_LAYERS} layers, the most that fathom reads.`,
				hint: 'This limit is fixed, as no real image comes near it: check where the image comes from.',
			});
		}
		this.#stacker.apply(this.#bare.of(changeset), changeset.paths);
		const pairs = this.#onPairs && this.#stacker.candidates.newPairs();
		if (pairs) this.#onPairs?.(pairs, this.changesets);
	}

	/** Makes the tree of all layers; no more can be added. Throws what `resolve` throws. */
	async finish(resolve: ResolveContents): Promise<StackedImage> {
		const stacker = this.#stacker;
		// The peak of memory is from here on, so each part goes as soon as it has served.
		stacker.discardState();
		const candidates = stacker.candidates.finish(stacker.changes);
		let drafted: DraftTree | null = null;
		const draft = () => (drafted ??= draftTree(stacker, candidates, this.#tally.warnings()));
		const resolving = resolve({
			groups: candidates.groups,
			changesets: this.changesets,
			structure: () => structureOf(draft()),
			draft: () => finishDraft(draft(), allDifferent(candidates)),
		});
		// Nodes are numbered while other threads compare contents.
		const numbering = async () => draft();
		const [classes, numbered] = await Promise.all([resolving, numbering()]);
		const stacked = finishDraft(numbered, classes);
		discardDraft(numbered, classes);
		return stacked;
	}
}

export function entriesIn(changesets: readonly Changeset[]): number {
	return changesets.reduce((sum, { count }) => sum + count, 0);
}

/** Gives back what the tree has no use for. */
function discardDraft({ changes, order, candidates }: DraftTree, classes: ContentClasses): void {
	const { starts, layers, entries } = candidates.groups;
	const spent = [changes.carriers, changes.entries, changes.targets, order.numbers];
	for (const column of [...spent, candidates.carriers, starts, layers, entries, classes]) discard(column);
}

/** The classes of contents of which nothing is known yet. */
function allDifferent({ carriers }: ContentsToCompare): ContentClasses {
	return Uint32Array.from(carriers, (_, item) => item);
}

/** A tree in which only the kinds of change are missing. What it took to build it is not held any more. */
interface DraftTree {
	readonly entries: ImageEntries;
	readonly order: NodeOrder;
	readonly changes: SortedChanges;
	readonly candidates: ContentsToCompare;
	/** The final node of each entry, image-wide. */
	readonly entryNodes: Int32Array;
	readonly deaths: RawDeaths;
	readonly warnings: readonly Warning[];
	/** Filled in when the image is finished, and made then: twice where there is a draft of it, which has the same columns as the whole. */
	readonly columns: () => ChangeColumns;
	readonly byLayer: ReturnType<typeof changesByLayer>;
}

/** Brings nodes and changes into their final order. Spends those of the stacker. */
function draftTree(
	stacker: LayerStacker,
	candidates: ContentsToCompare,
	warnings: readonly Warning[],
): DraftTree {
	const { entries, nodes, deaths } = stacker;
	const order = numberNodes(nodes);
	nodes.discard();
	const changes = sortChanges(stacker.changes, order.numbers);
	stacker.changes.discard();
	const entryNodes = trimmed(stacker.entryNodes, entries.count);
	for (let entry = 0; entry < entryNodes.length; entry++)
		entryNodes[entry] = order.numbers[entryNodes[entry]];
	let columns: ChangeColumns | null = null;
	return {
		entries,
		order,
		changes,
		candidates,
		columns: () => (columns ??= newChangeColumns(changes.count)),
		byLayer: changesByLayer(changes.layers, entries.changesets.length),
		entryNodes,
		deaths,
		warnings,
	};
}

function finishDraft(draft: DraftTree, classes: ContentClasses): StackedImage {
	const { entries, order, changes, entryNodes, deaths } = draft;
	const { changesets } = entries;
	const { byLayer } = draft;
	const columns = draft.columns();
	const contents = new ContentNumbers(entries, draft.candidates, classes);
	describeChanges(changes, entries, { contents, columns });
	contents.discard();
	const tree: FileTree = {
		nodeCount: order.parents.length,
		layerCount: changesets.length,
		parents: order.parents,
		subtreeEnds: order.subtreeEnds,
		names: order.names,
		changeStarts: changes.starts,
		changeLayers: changes.layers,
		changeKindCodes: columns.kinds,
		changeEntries: columns.entries,
		changeBytes: columns.bytes,
		changeContents: columns.contents,
		layerChanges: byLayer.changes,
		layerChangeStarts: byLayer.starts,
		changesets,
		waste: describeWaste({
			deaths,
			entries,
			nodeOf: (entry) => entryNodes[entry],
			kindOf: (change) => columns.kinds[changes.targets[change]],
		}),
	};
	return { tree, entryNodes: nodesByLayer(draft), warnings: draft.warnings };
}

function structureOf(draft: DraftTree): TreeStructure {
	const { parents, names } = draft.order;
	const { changesets } = draft.entries;
	return {
		tree: { nodeCount: parents.length, parents, names, changesets },
		entryNodes: nodesByLayer(draft),
	};
}

function nodesByLayer({ entries: { changesets, starts }, entryNodes }: DraftTree): readonly Int32Array[] {
	return changesets.map((_, layer) => entryNodes.subarray(starts[layer], starts[layer + 1]));
}
