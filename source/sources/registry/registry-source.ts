import { formatReference, parseReference } from '../../image/reference.ts';
import type { FoundImage, ImageSource, ReadOptions, SourceInput } from '../image-source.ts';
import { type DocumentSource, fetchManifest, fetchTagged } from './documents.ts';
import { readRegistryImage } from './read-registry-image.ts';
import { RegistryClient } from './registry-client.ts';

/** Reads images from a registry, without an engine (OCI distribution specification). */
export const registrySource: ImageSource = { sourceName: 'registry', find };

async function find(input: SourceInput, options: ReadOptions): Promise<FoundImage> {
	const reference = parseReference(input.name);
	const { access, host, cache } = input;
	const client = new RegistryClient({ reference, access, host, signal: options.signal });
	const source: DocumentSource = { client, cache, label: input.name };
	try {
		const top = await (reference.digest === null
			? fetchTagged(reference.tag ?? 'latest', source)
			: fetchManifest(reference.digest, source));
		const names = reference.tag === null ? [] : [formatReference({ ...reference, digest: null })];
		return {
			foundIn: `the registry ${reference.registry}`,
			read: () => readRegistryImage({ input, reference, source, top, names }, options),
		};
	} catch (error) {
		client.close();
		throw error;
	}
}
