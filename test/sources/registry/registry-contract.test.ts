import type { TestContext } from 'node:test';
import type { LayerCompression } from '../../support/archives/write-archive.ts';
import { damaged, knownLayers } from '../../support/contract/known-archives.ts';
import { knownImage } from '../../support/contract/known-image.ts';
import { sourceContract } from '../../support/contract/source-contract.ts';
import type { ContractSubject, Openable } from '../../support/contract/subject.ts';
import { bytesAt, type Content, contentOf, type Intercept, startRegistry } from './fake-registry.ts';
import { hostWith } from './load-from-registry.ts';

for (const compression of ['plain', 'gzip', 'zstd'] as const)
	sourceContract(`a registry, with ${compression} layers`, registrySubject(compression));

function registrySubject(compression: LayerCompression): ContractSubject {
	const content = contentOf(knownImage.image, compression);
	const layers = knownLayers(compression);
	const topPath = `blobs/${layers[4].digest}`;
	const top = bytesAt(content, topPath);
	return {
		known: knownImage,
		sourceKind: 'registry',
		foundIn: /^the registry 127\.0\.0\.1:\d+$/,
		whole: async (t) => {
			const { address, ...image } = await served(t, content);
			return { ...image, names: [`${address}/app:1`], layers };
		},
		damaged: {
			'a layer that is gone': async (t) => ({
				...(await served(t, new Map([...content].filter(([path]) => path !== topPath)))),
				code: 'missing',
				message: /^127\.0\.0\.1:\d+: layer 5 of 127\.0\.0\.1:\d+\/app:1 /,
			}),
			'a damaged layer': async (t) => ({
				...(await served(t, new Map([...content, [topPath, { bytes: damaged(top, compression) }]]))),
				code: 'corrupt',
				message: /layer 5/,
			}),
			// It takes some seconds of tries, whatever the layer is.
			...(compression === 'gzip' && {
				'a layer whose transfer breaks off each time': async (t) => ({
					...(await served(t, content, cutTransfer(topPath, top))),
					code: 'unavailable',
					message: /^127\.0\.0\.1:\d+: the connection /,
				}),
			}),
		},
		endless: {
			'a layer of which no more comes': async (t) => {
				const stuck = Promise.withResolvers<void>();
				return {
					...(await served(t, content, stuckTransfer(topPath, top, stuck.resolve))),
					isStuck: stuck.promise,
				};
			},
			'a manifest that does not come': async (t) => {
				const stuck = Promise.withResolvers<void>();
				const silence: Intercept = ({ url }) => {
					if (!url?.includes('/manifests/')) return false;
					stuck.resolve();
					return true;
				};
				return { ...(await served(t, content, silence)), isStuck: stuck.promise };
			},
		},
	};
}

async function served(
	t: TestContext,
	content: Content,
	intercept: Intercept = () => false,
): Promise<Openable & { readonly address: string }> {
	const { address } = await startRegistry(t, { content, intercept });
	return {
		address,
		choice: { reference: `registry:${address}/app:1` },
		options: () => ({ host: hostWith({}) }),
	};
}

/** Sends half of a blob, and ends the connection. */
function cutTransfer(path: string, bytes: Uint8Array): Intercept {
	return ({ url }, response) => {
		if (!url?.endsWith(path)) return false;
		response.writeHead(200, { 'Content-Length': bytes.length });
		response.write(bytes.subarray(0, bytes.length / 2), () => response.socket?.destroySoon());
		return true;
	};
}

/** Sends half of a blob, and leaves the connection as it is. */
function stuckTransfer(path: string, bytes: Uint8Array, onStuck: () => void): Intercept {
	return ({ url }, response) => {
		if (!url?.endsWith(path)) return false;
		response.writeHead(200, { 'Content-Length': bytes.length });
		response.write(bytes.subarray(0, bytes.length / 2), onStuck);
		return true;
	};
}
