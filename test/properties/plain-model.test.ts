import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ImageSession } from '../../source/session/image-session.ts';
import type { WarningCode } from '../../source/warning.ts';
import { arbitraryLayers } from '../support/archives/arbitrary-layers.ts';
import { loadLayers } from '../support/load-layers.ts';
import { changesBetween, liveBytes, sizeOfAll, wasteOf } from '../support/plain/plain-figures.ts';
import { type PlainLayer, stackPlainly } from '../support/plain/plain-model.ts';
import { plainComparisonRows, plainStateRows, statesOf } from '../support/plain/plain-view.ts';
import { runs } from '../support/runs.ts';
import {
	changesOfLayer,
	comparisonRows,
	disorderOf,
	orderOfWaste,
	stateOf,
	wasteOfTree,
} from '../support/tree-view.ts';

/** Checks a statement about the program and the plain model for many images, written as real archives. */
async function forManyImages(
	check: (loaded: ImageSession, model: readonly PlainLayer[]) => void,
): Promise<void> {
	await fc.assert(
		fc.asyncProperty(arbitraryLayers, async (layers) => {
			check(await loadLayers(layers), stackPlainly(layers));
		}),
		{ numRuns: runs(250) },
	);
}

test('the nodes of a tree are in preorder, siblings in byte order', () =>
	forManyImages(({ tree }) => {
		assert.deepEqual(disorderOf(tree), []);
	}));

test('after every layer the tree shows what applying the tars in order gives', () =>
	forManyImages(({ tree }, model) => {
		for (const [point, state] of statesOf(model).entries()) {
			assert.deepEqual(stateOf(tree, point), plainStateRows(state), `after ${point} layers`);
		}
	}));

test('the change set of every layer is that of the states before and after it', () =>
	forManyImages(({ tree }, model) => {
		for (const [layer, { before, after }] of model.entries()) {
			assert.deepEqual(
				new Map(changesOfLayer(tree, layer)),
				new Map(changesBetween(before, after, layer)),
				`layer ${layer}`,
			);
		}
	}));

test('every dead inode has its bytes, layer, culprit and cause', () =>
	forManyImages(({ tree }, model) => {
		assert.deepEqual(wasteOfTree(tree), [...wasteOf(model)].sort(orderOfWaste));
	}));

test('wasted bytes by cause and by culprit add up to total minus live bytes', () =>
	forManyImages(({ figures }, model) => {
		const total = model.reduce((sum, { inodes }) => sum + sizeOfAll(inodes), 0);
		const live = liveBytes(model[model.length - 1].after);
		const byCause = Object.values(figures.wasteByCause).reduce((sum, bytes) => sum + bytes, 0);
		const byCulprit = figures.layers.reduce((sum, { wastedBytes }) => sum + wastedBytes, 0);
		const byPath = [...figures.wastedPaths].reduce((sum, { bytes }) => sum + bytes, 0);
		assert.deepEqual([figures.totalBytes, figures.liveBytes], [total, live]);
		assert.deepEqual([figures.wastedBytes, byCause, byCulprit, byPath], new Array(4).fill(total - live));
	}));

test('a comparison of any two points is that of the two states', () =>
	forManyImages(({ tree }, model) => {
		const states = statesOf(model);
		for (let from = 0; from < states.length; from++) {
			for (let to = from; to < states.length; to++) {
				const expected = plainComparisonRows({ states, from, to });
				assert.deepEqual(comparisonRows(tree, from, to), expected, `from ${from} to ${to}`);
			}
		}
	}));

test('paths that escape, parents that are replaced, links to nothing and links before their targets are counted', () =>
	forManyImages(({ image }, model) => {
		const counts = (code: WarningCode) =>
			model.map(
				(_, layer) =>
					image.warnings.find((each) => each.code === code && each.layerIndex === layer)?.count ?? 0,
			);
		assert.deepEqual(
			counts('path-escapes-root'),
			model.map(({ escapingPaths }) => escapingPaths),
		);
		assert.deepEqual(
			counts('parent-replaced'),
			model.map(({ replacedParents }) => replacedParents),
		);
		assert.deepEqual(
			counts('link-to-nothing'),
			model.map(({ linksToNothing }) => linksToNothing),
		);
		assert.deepEqual(
			counts('link-before-target'),
			model.map(({ linksBeforeTarget }) => linksBeforeTarget),
		);
	}));
