import { FathomError } from '../errors.ts';
import type { Changeset } from '../tar/changeset.ts';
import type { ContentClasses, ContentGroups } from '../tar/content-groups.ts';
import type { Warning, WarningCode } from '../warning.ts';
import { arrangeTouches, touchesByLayer } from './arranged-touches.ts';
import { ContentNumbers, findContentQuestions } from './content-classes.ts';
import type { FileTree } from './file-tree.ts';
import { describeTouches, describeWaste } from './finish-tree.ts';
import { ImageEntries } from './image-entries.ts';
import { LayerStacker } from './layer-stacker.ts';
import { numberNodes } from './number-nodes.ts';
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

/** Settles which files have the same content. */
export type SettleContent = (groups: ContentGroups) => Promise<ContentClasses>;

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
	const entries = new ImageEntries(changesets);
	const tally = new WarningTally();
	const stacker = new LayerStacker(entries, (code: WarningCode, layer, example) =>
		tally.add(code, layer, example),
	);
	for (const [layer, changeset] of changesets.entries()) stacker.apply(layer, changeset);
	return finish(stacker, settle, tally.warnings());
}

async function finish(
	stacker: LayerStacker,
	settle: SettleContent,
	warnings: readonly Warning[],
): Promise<StackedImage> {
	const { entries, entryNodes, deaths } = stacker;
	const { changesets } = entries;
	const order = numberNodes(stacker.nodes);
	const touches = arrangeTouches(stacker.touches, order.numbers);
	const questions = findContentQuestions(touches, entries);
	const classes = await settle(questions.groups);
	const columns = describeTouches(touches, entries, new ContentNumbers(entries, questions, classes));
	const byLayer = touchesByLayer(touches.layers, changesets.length);
	const tree: FileTree = {
		nodeCount: stacker.nodes.count,
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
		changesets: changesets.map((changeset) => ({ ...changeset, paths: noPaths })),
		waste: describeWaste({
			deaths,
			entries,
			nodeOf: (entry) => order.numbers[entryNodes[entry]],
			kindOf: (touch) => columns.kinds[touches.places[touch]],
		}),
	};
	return { tree, entryNodes: nodesByLayer(entries, entryNodes, order.numbers), warnings };
}

function nodesByLayer(
	entries: ImageEntries,
	entryNodes: Int32Array,
	numbers: Int32Array,
): readonly Int32Array[] {
	const nodes = entryNodes.map((node) => numbers[node]);
	return entries.changesets.map((_, layer) =>
		nodes.subarray(entries.starts[layer], entries.starts[layer + 1]),
	);
}
