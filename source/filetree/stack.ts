import { discard } from '../columns/grow.ts';
import { FathomError } from '../errors.ts';
import type { Changeset } from '../tar/changeset.ts';
import type { ContentClasses, ContentGroups } from '../tar/content-groups.ts';
import type { Warning, WarningCode } from '../warning.ts';
import { type ArrangedTouches, arrangeTouches, carriersByNode, touchesByLayer } from './arranged-touches.ts';
import { ContentNumbers, type ContentQuestions, findContentQuestions } from './content-classes.ts';
import type { FileTree } from './file-tree.ts';
import { describeTouches, describeWaste, newTouchColumns, type TouchColumns } from './finish-tree.ts';
import { ImageEntries } from './image-entries.ts';
import { LayerStacker } from './layer-stacker.ts';
import { type NodeOrder, numberNodes } from './number-nodes.ts';
import type { RawDeaths } from './raw-touches.ts';
import { WarningTally } from './warning-tally.ts';

const MOST_LAYERS = 0xffff;
const noPaths = { bytes: new Uint8Array(0), ends: new Uint32Array(0) };

export interface StackedImage {
	readonly tree: FileTree;
	/**
	 * The node of entry i of layer k is `entryNodes[k][i]`; of a marker, the node that it is about. Only the score that dive gives needs
	 * it, so it is no part of the tree.
	 */
	readonly entryNodes: readonly Int32Array[];
	readonly warnings: readonly Warning[];
}

/** What is to be settled, and what is known before it is. */
export interface ContentQuestion {
	readonly groups: ContentGroups;
	/** The layers' changesets, which have no paths any more. */
	readonly changesets: readonly Changeset[];
	/**
	 * Finishes the image as if all those contents differed: all is final but the kinds of such changes and the causes of waste, and
	 * nodes keep their numbers. Its columns become those of the whole image.
	 */
	readonly draft: () => StackedImage;
}

/** Settles which files have the same content. */
export type SettleContent = (question: ContentQuestion) => Promise<ContentClasses>;

/**
 * Stacks the layers' changesets, lowest first, into one tree. Time and memory grow with the number of entries.
 * Throws `unsupported` beyond 65,535 layers, and what `settle` throws.
 */
export async function stackChangesets(
	changesets: readonly Changeset[],
	settle: SettleContent,
): Promise<StackedImage> {
	if (changesets.length > MOST_LAYERS) {
		throw new FathomError({
			code: 'unsupported',
			message: `The image has ${changesets.length} layers; fathom reads up to ${MOST_LAYERS}.`,
		});
	}
	const layers = stackLayers(changesets);
	const questions = questionsAbout(layers);
	let drafted: DraftTree | null = null;
	const draft = () => (drafted ??= draftTree(layers, questions));
	const settling = settle({
		groups: questions.groups,
		changesets: layers.entries.changesets,
		draft: () => finishDraft(draft(), allDifferent(questions)),
	});
	// Nodes are numbered while other threads compare contents.
	const numbering = async () => draft();
	const [classes, numbered] = await Promise.all([settling, numbering()]);
	const stacked = finishDraft(numbered, classes);
	discardDraft(numbered, classes);
	return stacked;
}

/** Gives back what the tree has no use for. */
function discardDraft({ touches, order, questions }: DraftTree, classes: ContentClasses): void {
	const { starts, layers, entries } = questions.groups;
	const spent = [touches.carriers, touches.entries, touches.places, order.numbers];
	for (const column of [...spent, questions.carriers, starts, layers, entries, classes]) discard(column);
}

/** The classes of contents of which nothing is known yet. */
function allDifferent({ carriers }: ContentQuestions): ContentClasses {
	return Uint32Array.from(carriers, (_, item) => item);
}

/** All layers applied, nodes and touches as the stacker numbers them. */
interface StackedLayers
	extends Pick<LayerStacker, 'entries' | 'nodes' | 'touches' | 'entryNodes' | 'deaths'> {
	readonly layerCount: number;
	readonly warnings: readonly Warning[];
}

function stackLayers(changesets: readonly Changeset[]): StackedLayers {
	const entries = new ImageEntries(withoutPaths(changesets));
	const tally = new WarningTally();
	const stacker = new LayerStacker(entries, (code: WarningCode, layer, example) =>
		tally.add(code, layer, example),
	);
	for (const [layer, changeset] of changesets.entries()) stacker.apply(layer, changeset);
	// The peak of memory is from here on, so each part goes as soon as it has served.
	stacker.discardState();
	const { nodes, touches, entryNodes, deaths } = stacker;
	return {
		entries,
		nodes,
		touches,
		entryNodes,
		deaths,
		layerCount: changesets.length,
		warnings: tally.warnings(),
	};
}

function questionsAbout({ entries, nodes, touches }: StackedLayers): ContentQuestions {
	const byNode = carriersByNode(touches, nodes.count);
	const questions = findContentQuestions(byNode, entries);
	for (const column of [byNode.starts, byNode.carriers]) discard(column);
	return questions;
}

/** A tree in which only the kinds of change are missing. What it took to build it is not held any more. */
interface DraftTree {
	readonly entries: ImageEntries;
	readonly order: NodeOrder;
	readonly touches: ArrangedTouches;
	readonly questions: ContentQuestions;
	/** The final node of each entry, image-wide. */
	readonly entryNodes: Int32Array;
	readonly deaths: RawDeaths;
	readonly warnings: readonly Warning[];
	/** Filled in when the image is finished: twice where there is a draft of it, which has the same columns as the whole. */
	readonly columns: TouchColumns;
	readonly byLayer: ReturnType<typeof touchesByLayer>;
}

/** Brings nodes and touches into their final order. Spends those of `layers`. */
function draftTree(layers: StackedLayers, questions: ContentQuestions): DraftTree {
	const { entries, nodes, touches: raw, entryNodes, deaths, layerCount, warnings } = layers;
	const order = numberNodes(nodes);
	nodes.discard();
	const touches = arrangeTouches(raw, order.numbers);
	raw.discard();
	for (let entry = 0; entry < entryNodes.length; entry++)
		entryNodes[entry] = order.numbers[entryNodes[entry]];
	return {
		entries,
		order,
		touches,
		questions,
		columns: newTouchColumns(touches.count),
		byLayer: touchesByLayer(touches.layers, layerCount),
		entryNodes,
		deaths,
		warnings,
	};
}

/** Once stacked, names are in the tree. Layers that share a changeset go on sharing one. */
export function withoutPaths(changesets: readonly Changeset[]): readonly Changeset[] {
	const bare = new Map(changesets.map((changeset) => [changeset, { ...changeset, paths: noPaths }]));
	return changesets.map((changeset) => bare.get(changeset) ?? changeset);
}

function finishDraft(draft: DraftTree, classes: ContentClasses): StackedImage {
	const { entries, order, touches, entryNodes, deaths } = draft;
	const { changesets } = entries;
	const { columns, byLayer } = draft;
	const contents = new ContentNumbers(entries, draft.questions, classes);
	describeTouches(touches, entries, { contents, columns });
	contents.discard();
	const tree: FileTree = {
		nodeCount: order.parents.length,
		layerCount: changesets.length,
		parents: order.parents,
		subtreeEnds: order.subtreeEnds,
		names: order.names,
		touchStarts: touches.starts,
		touchLayers: touches.layers,
		touchKinds: columns.kinds,
		touchEntries: columns.entries,
		touchBytes: columns.bytes,
		touchContents: columns.contents,
		layerTouches: byLayer.touches,
		layerTouchStarts: byLayer.starts,
		changesets,
		waste: describeWaste({
			deaths,
			entries,
			nodeOf: (entry) => entryNodes[entry],
			kindOf: (touch) => columns.kinds[touches.places[touch]],
		}),
	};
	const nodesByLayer = changesets.map((_, layer) =>
		entryNodes.subarray(entries.starts[layer], entries.starts[layer + 1]),
	);
	return { tree, entryNodes: nodesByLayer, warnings: draft.warnings };
}
