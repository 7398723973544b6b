import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { directory } from '../../support/archives/tar-entry.ts';
import { layerTar } from '../../support/archives/write-archive.ts';
import {
	type EndlessBlob,
	endlessBlob,
	withEndlessTop,
	writePieces,
} from '../../support/contract/endless.ts';
import {
	cut,
	type KnownArchive,
	knownArchives,
	withDamagedTop,
} from '../../support/contract/known-archives.ts';
import { knownImage, knownImageName, knownSnapshot } from '../../support/contract/known-image.ts';
import { sourceContract } from '../../support/contract/source-contract.ts';
import type { ContractSubject, Openable } from '../../support/contract/subject.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

for (const [name, archive] of Object.entries(knownArchives))
	sourceContract(`an archive of ${name}`, archiveSubject(archive));

sourceContract('an archive of docker save that is packed as a whole', packedSubject());
sourceContract('an archive of docker export', snapshotSubject());

function archiveSubject(archive: KnownArchive): ContractSubject {
	const { sourceKind, bytes, layers } = archive;
	return {
		known: knownImage,
		sourceKind,
		foundIn: null,
		whole: async (t) => ({ ...(await written(t, [bytes])), names: [knownImageName], layers }),
		damaged: {
			'an archive that was cut': async (t) => ({
				...(await written(t, [cut(archive)])),
				code: 'truncated',
				message: /^image\.tar: /,
			}),
			'a damaged layer': async (t) => ({
				...(await written(t, [withDamagedTop(archive)])),
				code: 'corrupt',
				message: /^image\.tar: layer 5: /,
			}),
		},
		endless: { 'a layer without end': (t) => written(t, withEndlessTop(archive)) },
	};
}

/** Such an archive cannot be read by position. */
function packedSubject(): ContractSubject {
	const archive = knownArchives['docker save up to 24, with plain layers'];
	const subject = archiveSubject(archive);
	const packed = gzipSync(archive.bytes);
	const [header, ...zeros] = endlessBlob('gzip');
	return {
		...subject,
		whole: async (t) => ({ ...(await subject.whole(t)), ...(await written(t, [packed])) }),
		damaged: {
			'an archive that was cut': async (t) => ({
				...(await written(t, [packed.subarray(0, packed.length / 2)])),
				code: 'truncated',
				message: /^image\.tar: /,
			}),
			'an archive that is damaged': async (t) => ({
				...(await written(t, [Buffer.from(packed).fill(0xff, 100, 200)])),
				code: 'corrupt',
				message: /^image\.tar: /,
			}),
		},
		endless: { 'an archive without end': (t) => written(t, [header, ...zeros]) },
	};
}

function snapshotSubject(): ContractSubject {
	const tar = Buffer.from(knownSnapshot.image.layers.map(exported)[0]);
	return {
		known: knownSnapshot,
		sourceKind: 'container-snapshot',
		foundIn: null,
		whole: async (t) => ({
			...(await written(t, [tar])),
			names: [],
			layers: [{ digest: null, mediaType: null, storedBytes: tar.length }],
		}),
		damaged: {
			'an archive that was cut': async (t) => ({
				...(await written(t, [tar.subarray(0, 5000)])),
				code: 'truncated',
				message: /^image\.tar: /,
			}),
		},
		endless: {
			'an archive without end': async (t) => {
				const start = layerTar([directory('etc/')]).subarray(0, 512);
				// Its entries are read at once. What takes long is its digest, of which there is no progress.
				return { ...(await written(t, [start, ...endlessBlob('plain')])), isStuck: sleep(200) };
			},
		},
	};
}

type Layer = Parameters<typeof layerTar>[0] | Uint8Array;

function exported(layer: Layer): Uint8Array {
	return layer instanceof Uint8Array ? layer : layerTar(layer);
}

async function written(t: TestContext, pieces: EndlessBlob): Promise<Openable> {
	const path = join(await temporaryFolder(t), 'image.tar');
	await writePieces(path, pieces);
	return { choice: { reference: path } };
}
