import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { ImageDifference } from '../../../source/diff/image-difference.ts';
import { differenceKinds } from '../../../source/diff/listing/file-differences.ts';
import { unknownFacts } from '../../../source/diff/unknown-facts.ts';
import { pathOf } from '../../../source/filetree/paths.ts';
import type { ComparedImage } from '../../../source/session/pair/compared-image.ts';
import { compareImages } from '../../../source/session/pair/image-pair.ts';
import { arbitraryLayers } from '../../support/archives/arbitrary-layers.ts';
import { file, hardLink, type TarEntry, whiteout } from '../../support/archives/tar-entry.ts';
import { dockerArchive, type TestImage } from '../../support/archives/write-archive.ts';
import { fromStream } from '../../support/load-layers.ts';
import { jsonTextOf } from '../../support/report.ts';
import { runs } from '../../support/runs.ts';
import { openReport, savedImageOf } from '../../support/saved-report.ts';

type Layers = readonly (readonly TarEntry[])[];

function load(layers: Layers, config: TestImage['config'] = {}) {
	return fromStream(dockerArchive([{ layers, config }]), { digests: true });
}

/** `KIND PATH` of what differs. */
function rowsOf({ files, tree }: ImageDifference): readonly string[] {
	return Array.from(
		files.nodes,
		(node, index) => `${differenceKinds[files.kinds[index]]} ${pathOf(tree, node)}`,
	);
}

/** All that a comparison says differs. */
function differencesOf(difference: ImageDifference) {
	const { layers, pull, config, files } = difference;
	return {
		files: rowsOf(difference),
		unknownContents: files.unknownContents,
		layers: layers.filter(({ kind }) => kind !== 'shared'),
		pulled: pull.layers,
		config,
	};
}

const none = { files: [], unknownContents: 0, layers: [], pulled: [], config: [] };

describe('an image and its own report', () => {
	for (const digests of [true, false]) {
		test(`differ in nothing, ${digests ? 'with' : 'without'} digests`, () =>
			fc.assert(
				fc.asyncProperty(arbitraryLayers, async (layers) => {
					const image = await load(layers);
					const saved = await savedImageOf(image, digests);
					assert.deepEqual(differencesOf(await compareImages([image, saved])), none);
					assert.deepEqual(differencesOf(await compareImages([saved, image])), none);
					assert.deepEqual(differencesOf(await compareImages([saved, saved])), none);
				}),
				{ numRuns: runs(500) },
			));
	}
});

describe('two images', () => {
	test('differ in the same from their reports with digests as from themselves', () =>
		fc.assert(
			fc.asyncProperty(arbitraryLayers, arbitraryLayers, async (oldLayers, newLayers) => {
				const [older, newer] = [await load(oldLayers), await load(newLayers)];
				const [oldSaved, newSaved] = [await savedImageOf(older, true), await savedImageOf(newer, true)];
				const expected = differencesOf(await compareImages([older, newer]));
				for (const pair of [
					[oldSaved, newer],
					[older, newSaved],
					[oldSaved, newSaved],
				] as const)
					assert.deepEqual(differencesOf(await compareImages(pair)), expected);
			}),
			{ numRuns: runs(500) },
		));

	test('of which one has no digests differ in no content of one size, and their number is told', async (t) => {
		const older = await load([[file('a', 'one'), file('b', 'one'), file('c', 'x')], [file('d', 'y')]]);
		const newer = await load([[file('a', 'two'), file('b', 'three'), file('c', 'x')], [file('d', 'y')]]);
		const difference = await compareImages([await savedImageOf(older, false), newer]);
		t.assert.deepEqual(rowsOf(difference), ['content b']);
		// Of the layer that both share every file is known.
		t.assert.equal(difference.files.unknownContents, 2);
	});

	test('know a hard link whose first name is gone', async (t) => {
		const lower: Layers = [[file('a', 'one'), hardLink('b', 'a')]];
		const older = await savedImageOf(await load([...lower, [whiteout('a')]]), true);
		t.assert.deepEqual(
			differencesOf(await compareImages([older, await load([[file('b', 'one')]])])).files,
			[],
		);
		const newer = await load([[file('b', 'two')]]);
		t.assert.deepEqual(differencesOf(await compareImages([older, newer])).files, ['content b']);
	});
});

describe('what an older report lacks', () => {
	const healthcheck = { Test: ['CMD', 'true'] };
	const config = { config: { Healthcheck: healthcheck, Shell: ['/bin/sh'], OnBuild: ['RUN x'] } };
	const xattrs = { 'user.a': 'x' };

	/** The report as the first version wrote it, without any of what came later. */
	async function olderReportOf(layers: Layers): Promise<ComparedImage> {
		const report = JSON.parse(await jsonTextOf(await load(layers, config)));
		const { image } = report;
		for (const member of ['osVersion', 'osFeatures']) delete image[member];
		for (const member of ['healthcheck', 'shell', 'onBuild']) delete image.config[member];
		for (const layer of report.layers) {
			delete layer.unchangedDirectories;
			delete layer.superseded;
			for (const change of layer.changes) {
				delete change.attributesDigest;
				delete change.linked;
			}
		}
		return openReport(JSON.stringify(report));
	}

	test('is neither equal nor removed, and is named', async (t) => {
		const layers: Layers = [[file('a', 'x', { xattrs }), file('b', 'y')]];
		const [older, newer] = [await olderReportOf(layers), await load(layers, config)];
		for (const pair of [
			[older, newer],
			[newer, older],
		] as const) {
			const difference = await compareImages(pair);
			t.assert.deepEqual(differencesOf(difference), none);
			const unknown = difference.unknown[pair.indexOf(older)];
			t.assert.deepEqual([...unknown], [...unknownFacts]);
			t.assert.equal(difference.unknown[pair.indexOf(newer)].size, 0);
		}
	});

	test('takes nothing from what it has', async (t) => {
		const older = await olderReportOf([[file('a', 'x', { mode: 0o600 }), hardLink('h', 'a')]]);
		const newer = await load([[file('a', 'x', { xattrs }), hardLink('h', 'a')]], { config: { User: 'me' } });
		const difference = await compareImages([older, newer]);
		t.assert.deepEqual(rowsOf(difference), ['metadata a']);
		t.assert.deepEqual(
			difference.config.map(({ field }) => field),
			['user'],
		);
	});

	test('is known of extended attributes where a report has the digest of some', async (t) => {
		const layers: Layers = [[file('a', 'x', { xattrs })]];
		const report = JSON.parse(await jsonTextOf(await load(layers)));
		delete report.image.config.healthcheck;
		const difference = await compareImages([await openReport(JSON.stringify(report)), await load(layers)]);
		t.assert.deepEqual([...difference.unknown[0]], ['healthcheck']);
	});
});
