import { discard, trimmed } from '../../columns/grow.ts';
import { FathomError } from '../../errors.ts';
import { inParts, type Running, type Steps } from '../../steps.ts';
import type { Changeset } from '../../tar/changeset.ts';
import type { ContentClasses, ContentGroups } from '../../tar/content-groups.ts';
import { type EntryLimits, noLimits } from '../../tar/entry-budget.ts';
import type { Warning } from '../../warning.ts';
import { numberAttributes } from '../attribute-numbers.ts';
import type { ChangeAttributes, FileTree, LinkColumns, PathTree } from '../file-tree.ts';
import { BareChangesets } from './bare-changesets.ts';
import { ContentNumbers } from './content-numbers.ts';
import type { ContentsToCompare } from './contents-to-compare.ts';
import {
	type ChangeColumns,
	describeChanges,
	describeLinks,
	describeWaste,
	newChangeColumns,
} from './finish-tree.ts';
import type { ImageEntries } from './image-entries.ts';
import { LayerStacker } from './layer-stacker.ts';
import { type NodeOrder, numberNodes } from './number-nodes.ts';
import type { RawDeaths } from './raw-changes.ts';
import { type ChangesByLayer, changesByLayer, type SortedChanges, sortChanges } from './sorted-changes.ts';
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
	readonly structure: () => Promise<TreeStructure>;
	/**
	 * Finishes the image as if all those contents differed: all is final but the kinds of such changes and the causes of waste, and
	 * node numbers stay. Its columns become those of the whole image.
	 */
	readonly draft: () => Promise<StackedImage>;
}

/** Tells which files have the same content. */
export type ResolveContents = (contents: UnresolvedContents) => Promise<ContentClasses>;

/**
 * Stacks the layers' changesets, lowest first, into one tree. Time and memory grow with the number of entries.
 * Throws `unsupported` beyond 65,535 layers, what `resolve` throws, and what `run` throws.
 */
export async function stackChangesets(
	changesets: readonly Changeset[],
	resolve: ResolveContents,
	{ run, signal }: Running,
): Promise<StackedImage> {
	const stack = new ImageStack(entriesIn(changesets));
	await run(addAll(stack, changesets), signal);
	return stack.finish(resolve, { run, signal });
}

function* addAll(stack: ImageStack, changesets: readonly Changeset[]): Steps<void> {
	for (const changeset of changesets) yield* stack.add(changeset);
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
	*add(changeset: Changeset): Steps<void> {
		if (this.changesets.length === MOST_LAYERS) {
			throw new FathomError({
				code: 'unsupported',
				message: `The image has more than ${MOST_LAYERS} layers, the most that fathom reads.`,
				hint: 'This limit is fixed, as no real image comes near it: check where the image comes from.',
			});
		}
		yield* this.#stacker.apply(this.#bare.of(changeset), changeset.paths);
		const pairs = this.#onPairs && this.#stacker.candidates.newPairs();
		if (pairs) this.#onPairs?.(pairs, this.changesets);
	}

	/** Makes the tree of all layers; no more can be added. Throws what `resolve` and `run` throw. */
	async finish(resolve: ResolveContents, { run, signal }: Running): Promise<StackedImage> {
		const stacker = this.#stacker;
		// The peak of memory is from here on, so each part goes as soon as it has served.
		stacker.discardState();
		const candidates = await run(stacker.candidates.finish(stacker.changes), signal);
		let drafting: Promise<DraftTree> | null = null;
		const draft = () => (drafting ??= run(draftTree(stacker, candidates, this.#tally.warnings()), signal));
		const resolving = resolve({
			groups: candidates.groups,
			changesets: this.changesets,
			structure: async () => structureOf(await draft()),
			draft: async () => run(finishDraft(await draft(), allDifferent(candidates)), signal),
		});
		// Nodes are numbered while other threads compare contents.
		const [classes, numbered] = await Promise.all([resolving, draft()]);
		const stacked = await run(finishDraft(numbered, classes), signal);
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
	readonly attributes: ChangeAttributes | null;
	/** The final node of each entry, image-wide. */
	readonly entryNodes: Int32Array;
	readonly deaths: RawDeaths;
	readonly warnings: readonly Warning[];
	/** Filled in when the image is finished, and made then: twice where there is a draft of it, which has the same columns as the whole. */
	readonly columns: () => ChangeColumns;
	readonly byLayer: ChangesByLayer;
	readonly links: LinkColumns;
}

/** Entries that take about a millisecond. */
const ENTRIES_A_STEP = 16_384;

/** Brings nodes and changes into their final order. Spends those of the stacker. */
function* draftTree(
	stacker: LayerStacker,
	candidates: ContentsToCompare,
	warnings: readonly Warning[],
): Steps<DraftTree> {
	const { entries, nodes, deaths } = stacker;
	const order = yield* numberNodes(nodes);
	nodes.discard();
	const changes = yield* sortChanges(stacker.changes, order.numbers);
	stacker.changes.discard();
	const entryNodes = trimmed(stacker.entryNodes, entries.count);
	yield* inParts(entryNodes.length, ENTRIES_A_STEP, (from, to) => {
		for (let entry = from; entry < to; entry++) entryNodes[entry] = order.numbers[entryNodes[entry]];
	});
	let columns: ChangeColumns | null = null;
	return {
		entries,
		order,
		changes,
		candidates,
		attributes: yield* numberAttributes(changes, entries),
		columns: () => (columns ??= newChangeColumns(changes.count)),
		byLayer: yield* changesByLayer(changes.layers, entries.changesets.length),
		links: yield* describeLinks(changes, entries),
		entryNodes,
		deaths,
		warnings,
	};
}

function* finishDraft(draft: DraftTree, classes: ContentClasses): Steps<StackedImage> {
	const { entries, order, changes, entryNodes, deaths, byLayer, links } = draft;
	const columns = draft.columns();
	const contents = new ContentNumbers(entries);
	yield* contents.join(draft.candidates, classes);
	yield* describeChanges(changes, entries, { contents, columns, attributes: draft.attributes });
	contents.discard();
	const waste = yield* describeWaste({
		deaths,
		entries,
		nodeOf: (entry) => entryNodes[entry],
		kindOf: (change) => columns.kinds[changes.targets[change]],
	});
	const tree: FileTree = {
		nodeCount: order.parents.length,
		layerCount: entries.changesets.length,
		parents: order.parents,
		subtreeEnds: order.subtreeEnds,
		names: order.names,
		changeStarts: changes.starts,
		changeLayers: changes.layers,
		changeKindCodes: columns.kinds,
		changeEntries: columns.entries,
		changeBytes: columns.bytes,
		changeContents: columns.contents,
		changeAttributes: draft.attributes,
		layerChanges: byLayer.changes,
		layerChangeStarts: byLayer.starts,
		links,
		changesets: entries.changesets,
		waste,
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
