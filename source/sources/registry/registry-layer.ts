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

/** Each blob of an image once, in the order of the layers, less those that are absent. */
export function distinctLayers({
	layers,
	description,
}: {
	readonly layers: readonly Descriptor[];
	readonly description: ImageDescription;
}): readonly RegistryLayer[] {
	const distinct = new Map<string, RegistryLayer>();
	for (const [layerIndex, descriptor] of layers.entries()) {
		const { digest } = descriptor;
		const { diffId, absent } = description.layers[layerIndex];
		if (absent !== null) continue;
		if (!distinct.has(digest))
			distinct.set(digest, { descriptor, digest, layerIndex, diffId, toc: tocPointer(descriptor) });
	}
	return [...distinct.values()];
}

/** Bytes as they are stored. */
export function sumOfBytes(layers: readonly RegistryLayer[]): number {
	return layers.reduce((sum, { descriptor }) => sum + (descriptor.size ?? 0), 0);
}
