import { discard, trimmed } from '../../columns/grow.ts';
import { inParts, type Steps } from '../../steps.ts';
import type { ContentClasses } from '../../tar/content-groups.ts';
import type { Warning } from '../../warning.ts';
import type { ChangeAttributes, FileTree, LinkColumns } from '../file-tree.ts';
import type { StackedImage, TreeStructure } from '../stacked-image.ts';
import type { ContentsToCompare } from '../stacking/contents-to-compare.ts';
import type { ImageEntries } from '../stacking/image-entries.ts';
import type { LayerStacker } from '../stacking/layer-stacker.ts';
import type { RawDeaths } from '../stacking/raw-changes.ts';
import {
	type ChangesByLayer,
	changesByLayer,
	type SortedChanges,
	sortChanges,
} from '../stacking/sorted-changes.ts';
import { numberAttributes } from './attribute-numbers.ts';
import { ContentNumbers } from './content-numbers.ts';
import {
	type ChangeColumns,
	describeChanges,
	describeLinks,
	describeWaste,
	newChangeColumns,
} from './finish-tree.ts';
import { type NodeOrder, numberNodes } from './number-nodes.ts';

/** A tree in which only the kinds of change are missing. What it took to build it is not held any more. */
export interface DraftTree {
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

/** Gives back what the tree has no use for. */
export function discardDraft({ changes, order, candidates }: DraftTree, classes: ContentClasses): void {
	const { starts, layers, entries } = candidates.groups;
	const spent = [changes.carriers, changes.entries, changes.targets, order.numbers];
	for (const column of [...spent, candidates.carriers, starts, layers, entries, classes]) discard(column);
}

/** The classes of contents of which nothing is known yet. */
export function allDifferent({ carriers }: ContentsToCompare): ContentClasses {
	return Uint32Array.from(carriers, (_, item) => item);
}

/** Entries that take about a millisecond. */
const ENTRIES_A_STEP = 16_384;

/** Brings nodes and changes into their final order. Spends those of the stacker. */
export function* draftTree(
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

/** The whole image, once it is known which contents are the same. */
export function* finishDraft(draft: DraftTree, classes: ContentClasses): Steps<StackedImage> {
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

/** The tree without what the layers changed. */
export function structureOf(draft: DraftTree): TreeStructure {
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
