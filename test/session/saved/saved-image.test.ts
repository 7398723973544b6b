import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { analyse } from '../../../source/analysis/analyse.ts';
import type { Figures } from '../../../source/analysis/figures.ts';
import { attributesNumber } from '../../../source/filetree/change-attributes.ts';
import { type FileTree, NO_ENTRY } from '../../../source/filetree/file-tree.ts';
import type { ComparedImage } from '../../../source/session/pair/compared-image.ts';
import { finish } from '../../../source/steps.ts';
import { ATTRIBUTES_DIGEST_BYTES } from '../../../source/tar/changeset.ts';
import { arbitraryLayers } from '../../support/archives/arbitrary-layers.ts';
import type { TarEntry } from '../../support/archives/tar-entry.ts';
import { dockerArchive } from '../../support/archives/write-archive.ts';
import { fromStream } from '../../support/load-layers.ts';
import { runs } from '../../support/runs.ts';
import { savedImageOf } from '../../support/saved-report.ts';
import { comparisonRows, rawPath, stateOf, wasteOfTree } from '../../support/tree-view.ts';

describe('an image that is read from its own report', () => {
	for (const digests of [true, false]) {
		test(`has every file system, change set and figure of the image, ${digests ? 'with' : 'without'} digests`, () =>
			fc.assert(
				fc.asyncProperty(arbitraryLayers, async (layers) => {
					const image = await load(layers);
					const saved = await savedImageOf(image, digests);
					assert.deepEqual(essenceOf(saved, saved.figures), essenceOf(image, image.figures));
					const { description } = saved.image;
					const worked = finish(analyse({ tree: saved.tree, description }));
					assert.deepEqual(plain(worked, saved.tree), plain(image.figures, image.tree));
				}),
				{ numRuns: runs(500) },
			));
	}
});

/** Every file of a stream is hashed as it passes. */
function load(layers: readonly (readonly TarEntry[])[]) {
	return fromStream(dockerArchive([{ layers }]), { digests: true });
}

function essenceOf({ tree, image }: ComparedImage, figures: Figures) {
	const layers = Array.from({ length: tree.layerCount }, (_, layer) => layer);
	return {
		states: layers.map((layer) => stateOf(tree, layer + 1)),
		changes: layers.map((layer) => comparisonRows(tree, layer, layer + 1)),
		times: finalTimesAndAttributes(tree),
		waste: wasteOfTree(tree),
		figures: plain(figures, tree),
		description: image.description,
		diffIdMatches: image.diffIdMatches,
		warnings: image.warnings,
	};
}

/** A tree has nodes for paths that were never there, such as those of whiteouts of nothing; a report has not. */
function plain({ wastedPaths, ...figures }: Figures, tree: FileTree) {
	const paths = Array.from(wastedPaths, ({ node, ...wasted }) => ({ path: rawPath(tree, node), ...wasted }));
	return { ...figures, wastedPaths: paths };
}

function finalTimesAndAttributes(tree: FileTree): readonly string[] {
	const rows: string[] = [];
	for (let node = 1; node < tree.nodeCount; node++) {
		const last = tree.changeStarts[node + 1] - 1;
		const entry = tree.changeEntries[last];
		if (last < tree.changeStarts[node] || entry === NO_ENTRY) continue;
		const mtime = entry < 0 ? 'implied' : tree.changesets[tree.changeLayers[last]].mtimes[entry];
		const start = (attributesNumber(tree, last) - 1) * ATTRIBUTES_DIGEST_BYTES;
		const digest =
			start < 0 ? '' : tree.changeAttributes?.digests.subarray(start, start + ATTRIBUTES_DIGEST_BYTES);
		rows.push(`${rawPath(tree, node)} ${mtime} ${Buffer.from(digest ?? '').toString('hex')}`);
	}
	return rows;
}
