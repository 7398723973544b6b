import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { SourceKind } from '../../../source/sources/image-source.ts';
import {
	damaged,
	endlessBlob,
	knownBlobs,
	knownLayers,
	writeWithEndless,
} from '../../support/contract/archive-images.ts';
import { knownImage, knownImageName } from '../../support/contract/known-image.ts';
import { sourceContract } from '../../support/contract/source-contract.ts';
import type { ContractSubject, Openable } from '../../support/contract/subject.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import {
	docker25Archive,
	dockerArchive,
	type LayerCompression,
	ociArchive,
	podmanArchive,
	type TestImage,
} from '../../support/write-archive.ts';

interface ArchiveKind {
	readonly write: (images: readonly TestImage[], compression: LayerCompression) => Uint8Array;
	readonly sourceKind: SourceKind;
	/** Whether it calls layers by their digests, and says what they are. */
	readonly hasDigests: boolean;
	readonly compressions: readonly LayerCompression[];
}

const all = ['plain', 'gzip', 'zstd'] as const;

const kinds: Readonly<Record<string, ArchiveKind>> = {
	'docker save up to 24': {
		write: dockerArchive,
		sourceKind: 'docker-archive',
		hasDigests: false,
		compressions: all,
	},
	'docker save from 25 on': {
		write: docker25Archive,
		sourceKind: 'docker-archive',
		hasDigests: true,
		compressions: all,
	},
	'podman save': {
		write: podmanArchive,
		sourceKind: 'docker-archive',
		hasDigests: false,
		compressions: ['plain'],
	},
	'an OCI layout in a tar': {
		write: ociArchive,
		sourceKind: 'oci-archive',
		hasDigests: true,
		compressions: all,
	},
};

for (const [name, kind] of Object.entries(kinds))
	for (const compression of kind.compressions)
		sourceContract(`an archive of ${name}, with ${compression} layers`, archiveSubject(kind, compression));

function archiveSubject(kind: ArchiveKind, compression: LayerCompression): ContractSubject {
	const archive = Buffer.from(kind.write([knownImage.image], compression));
	const blob = knownBlobs(compression)[4];
	const start = archive.indexOf(blob);
	const layers = kind.hasDigests
		? knownLayers(compression)
		: knownLayers(compression).map((layer) => ({ ...layer, digest: null, mediaType: null }));
	return {
		known: knownImage,
		sourceKind: kind.sourceKind,
		foundIn: null,
		whole: async (t) => ({ ...(await written(t, archive)), names: [knownImageName], layers }),
		damaged: {
			'an archive that was cut': async (t) => ({
				...(await written(t, archive.subarray(0, start + blob.length / 2))),
				code: 'truncated',
				message: /^image\.tar: /,
			}),
			'a damaged layer': async (t) => ({
				...(await written(
					t,
					Buffer.concat([
						archive.subarray(0, start),
						damaged(blob, compression),
						archive.subarray(start + blob.length),
					]),
				)),
				code: 'corrupt',
				message: /^image\.tar: layer 5: /,
			}),
		},
		endless: {
			'a layer without end': async (t) => {
				const path = join(await temporaryFolder(t), 'image.tar');
				await writeWithEndless(path, { archive, blob, endless: endlessBlob(compression) });
				return { choice: { reference: path } };
			},
		},
	};
}

async function written(t: TestContext, archive: Uint8Array): Promise<Openable> {
	const path = join(await temporaryFolder(t), 'image.tar');
	await writeFile(path, archive);
	return { choice: { reference: path } };
}
