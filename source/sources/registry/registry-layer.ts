import { FathomError } from '../../errors.ts';
import type { Descriptor } from '../../image/descriptor.ts';
import type { ImageDescription } from '../../image/image.ts';
import { type TocPointer, tocPointer } from './toc/toc-pointer.ts';

/** A blob that one or more layers of an image share. */
export interface RegistryLayer {
	readonly descriptor: Descriptor;
	readonly digest: string;
	/** 0-based index of the first of these layers. */
	readonly layerIndex: number;
	/** As the config states it. */
	readonly diffId: string | null;
	/** Where its table of contents is; null without one. */
	readonly toc: TocPointer | null;
}

/** Each blob of an image once, in the order of the layers. Throws `unsupported` for an encrypted one. */
export function distinctLayers({
	layers,
	description,
	label,
}: {
	readonly layers: readonly Descriptor[];
	readonly description: ImageDescription;
	readonly label: string;
}): readonly RegistryLayer[] {
	const distinct = new Map<string, RegistryLayer>();
	for (const [layerIndex, descriptor] of layers.entries()) {
		const { digest, mediaType } = descriptor;
		if (mediaType?.endsWith('+encrypted')) throw encrypted(`${label}: layer ${layerIndex + 1}`);
		const { diffId } = description.layers[layerIndex];
		if (!distinct.has(digest))
			distinct.set(digest, { descriptor, digest, layerIndex, diffId, toc: tocPointer(descriptor) });
	}
	return [...distinct.values()];
}

/** Bytes as they are stored. */
export function sumOfBytes(layers: readonly RegistryLayer[]): number {
	return layers.reduce((sum, { descriptor }) => sum + (descriptor.size ?? 0), 0);
}

function encrypted(where: string): FathomError {
	return new FathomError({
		code: 'unsupported',
		message: `${where} is encrypted.`,
		hint: 'Pull the image with an engine that has the key, and open it from there.',
	});
}
