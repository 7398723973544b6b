import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { type LayerCompression, layoutFiles } from '../../support/archives/write-archive.ts';
import { endlessBlob, writePieces } from '../../support/contract/endless.ts';
import { blobPath, damaged, knownLayers } from '../../support/contract/known-archives.ts';
import { knownImage, knownImageName } from '../../support/contract/known-image.ts';
import { sourceContract } from '../../support/contract/source-contract.ts';
import type { ContractSubject, Openable } from '../../support/contract/subject.ts';
import { temporaryFolder, writeFiles } from '../../support/temporary-folder.ts';

for (const compression of ['plain', 'gzip', 'zstd'] as const)
	sourceContract(`an OCI layout with ${compression} layers`, layoutSubject(compression));

function layoutSubject(compression: LayerCompression): ContractSubject {
	const files = layoutFiles([knownImage.image], compression);
	const layers = knownLayers(compression);
	const topPath = blobPath(layers[4].digest ?? '');
	const top = files.get(topPath) ?? new Uint8Array();
	const withTop = (bytes: Uint8Array) => new Map([...files, [topPath, bytes]]);
	const without = new Map([...files].filter(([path]) => path !== topPath));
	return {
		known: knownImage,
		sourceKind: 'oci-layout',
		foundIn: null,
		whole: async (t) => ({ ...(await written(t, files)), names: [knownImageName], layers }),
		damaged: {
			'a layer that is gone': async (t) => ({
				...(await written(t, without)),
				code: 'missing',
				message: /^layout: layer 5 /,
			}),
			'a layer that was cut': async (t) => ({
				...(await written(t, withTop(top.subarray(0, top.length / 2)))),
				code: 'truncated',
				message: /^layout: layer 5: /,
			}),
			'a damaged layer': async (t) => ({
				...(await written(t, withTop(damaged(top, compression)))),
				code: 'corrupt',
				message: /^layout: layer 5: /,
			}),
		},
		endless: {
			'a layer without end': async (t) => {
				const layout = await written(t, files);
				await writePieces(join(layout.choice.reference, topPath), endlessBlob(compression));
				return layout;
			},
		},
	};
}

async function written(t: TestContext, files: ReadonlyMap<string, Uint8Array>): Promise<Openable> {
	const folder = join(await temporaryFolder(t), 'layout');
	await writeFiles(folder, files);
	return { choice: { reference: folder } };
}
