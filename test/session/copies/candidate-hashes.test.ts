import { describe, test } from 'node:test';
import { type CandidateHashes, candidateHashes } from '../../../source/session/copies/candidate-hashes.ts';
import { readOnce } from '../../../source/session/session-files.ts';
import { file } from '../../support/archives/tar-entry.ts';
import { loadLayers, waysOfReading } from '../../support/load-layers.ts';

const layers = [
	[file('a', 'same'), file('b', 'else')],
	[file('c', 'same'), file('d', 'more')],
];
/** All four files. */
const files = { layers: Uint16Array.of(0, 0, 1, 1), entries: Int32Array.of(0, 1, 0, 1) };

/** A letter for each file, equal for equal hashes; a dash where the content is not known. */
function lettersOf({ hashes, length }: CandidateHashes): string {
	const texts = [0, 1, 2, 3].map((index) =>
		Buffer.from(hashes.subarray(index * length, (index + 1) * length)).toString('hex'),
	);
	return texts
		.map((text) => (/^0+$/.test(text) ? '-' : String.fromCharCode(97 + texts.indexOf(text))))
		.join('');
}

describe('the hashes of files that may be copies', () => {
	test('are of one kind where one layer streamed and another lies on disk', async (t) => {
		const streamed = await waysOfReading['OCI archive with gzip layers as a stream'](layers);
		await loadLayers(layers, async ({ tree, contents }) => {
			const changesets = [streamed.tree.changesets[0], tree.changesets[1]];
			const image = { tree: { changesets }, contents, closedLayers: new Set<number>() };
			const hashes = await candidateHashes(files, image, undefined);
			t.assert.deepEqual([lettersOf(hashes), hashes.unreadLayers], ['abad', []]);
		});
	});

	test('are not known of a layer whose files would have to be fetched one by one', async (t) => {
		await loadLayers(layers, async ({ tree, contents }) => {
			const hashes = await candidateHashes(files, { tree, contents, closedLayers: new Set([1]) }, undefined);
			t.assert.deepEqual([lettersOf(hashes), hashes.unreadLayers], ['ab--', [1]]);
		});
	});

	test('are not known where the image could be read only once', async (t) => {
		const { tree, contents } = await loadLayers(layers);
		const gone = {
			identityKey: contents.identityKey,
			identities: async () => null,
			digests: () => Promise.reject(readOnce('-')),
		};
		const image = { tree, contents: gone, closedLayers: new Set<number>() };
		const hashes = await candidateHashes(files, image, undefined);
		t.assert.deepEqual([lettersOf(hashes), hashes.unreadLayers], ['----', [0, 1]]);
	});

	test('are read for nothing where all layers streamed', async (t) => {
		const { tree, contents } = await waysOfReading['podman archive as a stream'](layers);
		const image = { tree, contents, closedLayers: new Set([0]) };
		const hashes = await candidateHashes(files, image, undefined);
		t.assert.deepEqual([lettersOf(hashes), hashes.unreadLayers], ['abad', []]);
	});
});
