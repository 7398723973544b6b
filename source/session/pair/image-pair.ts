import { alignLayers } from '../../diff/align-layers.ts';
import { compareConfigs } from '../../diff/compare-config.ts';
import type { ImageDifference } from '../../diff/image-difference.ts';
import { findDifferences } from '../../diff/listing/file-differences.ts';
import { relateContents } from '../../diff/merge/content-pairs.ts';
import { type Both, mergeStructure } from '../../diff/merge/merge-structure.ts';
import { mergeTrees } from '../../diff/merge/merge-trees.ts';
import { findMoves } from '../../diff/merge/moves.ts';
import { pullOf } from '../../diff/pull.ts';
import { numberLayers } from '../../diff/shared-layers.ts';
import { nothingUnknown, type UnknownFact } from '../../diff/unknown-facts.ts';
import { settleUnnamedLayers } from '../../diff/unnamed-layers.ts';
import type { FileTree } from '../../filetree/file-tree.ts';
import { runInSlices } from '../../sources/time-slice.ts';
import type { ComparedImage } from './compared-image.ts';
import { maskChanges } from './mask-changes.ts';
import { moveKeysOf } from './move-keys.ts';
import { recordedDescriptions } from './recorded-descriptions.ts';
import { compareStrictly } from './reproducible/compare-strictly.ts';
import type { OnLayer } from './reproducible/layer-streams.ts';
import { settlePairs } from './settle-pairs.ts';

export interface CompareOptions {
	/** Whether modification times, the order of entries and tar headers are compared too. Layers that became others are read again for it. */
	readonly isStrict?: boolean;
	readonly onLayer?: OnLayer;
}

/**
 * Compares two images. Of contents only those are read that may differ although their sizes do not, and that may have moved. Throws
 * `FathomError`.
 */
export async function compareImages(
	images: Both<ComparedImage>,
	signal?: AbortSignal,
	{ isStrict = false, onLayer }: CompareOptions = {},
): Promise<ImageDifference> {
	const unknown: ImageDifference['unknown'] = [
		images[0].unknown ?? nothingUnknown,
		images[1].unknown ?? nothingUnknown,
	];
	const isUnknown = new Set([...unknown[0], ...unknown[1]]);
	const trees: Both<FileTree> = [comparedTree(images[0], isUnknown), comparedTree(images[1], isUnknown)];
	const structure = await runInSlices(mergeStructure(trees), signal);
	const layerNumbers = numberLayers([identifiedLayers(images[0]), identifiedLayers(images[1])]);
	const { codes: contents, pairs } = await runInSlices(
		relateContents({ trees, structure, layerNumbers }),
		signal,
	);
	await settlePairs(pairs, images, { codes: contents, signal });
	const moves = await runInSlices(findMoves(structure, await moveKeysOf(structure, images, signal)), signal);
	const tree = await runInSlices(mergeTrees({ trees, structure, contents, isStrict }), signal);
	const oldLayerCount = trees[0].layerCount;
	const comparison = { tree, from: oldLayerCount, to: tree.layerCount };
	const files = await runInSlices(findDifferences({ comparison, contents, moves }), signal);
	const descriptions = recordedDescriptions(images);
	const config = compareConfigs(descriptions[0], descriptions[1], isUnknown);
	const layers = settleUnnamedLayers(
		alignLayers(descriptions[0].layers, descriptions[1].layers),
		[layersOf(images[0]), layersOf(images[1])],
		files.count === 0 && files.unknownContents === 0,
	);
	return {
		tree,
		oldLayerCount,
		comparison,
		contents,
		moves,
		files,
		layers,
		pull: pullOf([pulledImage(images[0]), pulledImage(images[1])]),
		config: await runInSlices(maskChanges(config), signal),
		unknown,
		strict: isStrict ? await compareStrictly(images, layers, { signal, onLayer }) : null,
	};
}

/** Without the extended attributes where those of one image are not known. */
function comparedTree({ tree }: ComparedImage, unknown: ReadonlySet<UnknownFact>): FileTree {
	return unknown.has('xattrs') ? { ...tree, changeAttributes: null } : tree;
}

function identifiedLayers({ image: { description, diffIdMatches } }: ComparedImage) {
	return description.layers.map(({ diffId, index }) => ({ diffId, diffIdMatches: diffIdMatches[index] }));
}

function layersOf({ image: { description }, tree }: ComparedImage) {
	return { layers: description.layers, changesets: tree.changesets };
}

function pulledImage({ image: { description }, tree }: ComparedImage) {
	return { description, tree };
}
