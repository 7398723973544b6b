import { fetchedNumbers } from '../../../cache/fetched.ts';
import type { LayerCache } from '../../../cache/layer-cache.ts';
import { blobPath } from '../../../image/digest.ts';
import type { ImageRecord, InspectedImage, LayerNames } from '../engine-image.ts';

const DIGEST_WORDS = 8;

/**
 * The names that the layers may have in an export that has not been read: from the digest of the blob; from the diff ID, as Docker 25 and
 * Podman do it; and those of an earlier export, as Docker Engine before version 25 makes up a number.
 */
export function layerNames(
	image: InspectedImage,
	{ layers, config }: Pick<ImageRecord, 'layers' | 'config'>,
	cache: LayerCache,
): readonly LayerNames[] {
	const numbers = cache.lookUp(fetchedNumbers(namesKey(image)));
	return config.diffIds.map((diffId, index) => {
		const words = numbers?.subarray(index * DIGEST_WORDS, (index + 1) * DIGEST_WORDS) ?? [];
		const made = Array.from(words, (word) => word.toString(16).padStart(8, '0')).join('');
		const digest = layers?.[index]?.digest;
		return [
			`${made}/layer.tar`,
			...(digest ? [blobPath(digest)] : []),
			...(diffId ? [blobPath(diffId), `${diffId.replace(/^\w+:/, '')}.tar`] : []),
		];
	});
}

/** Stores the names of the layers in an export: every engine puts 32 hexadecimal bytes into them. */
export function storeLayerNames(image: InspectedImage, names: readonly string[], cache: LayerCache): void {
	const numbers = names.map((name) => /[0-9a-f]{64}/.exec(name)?.[0]);
	const words = numbers.flatMap((number) =>
		number === undefined
			? []
			: Array.from({ length: DIGEST_WORDS }, (_, index) =>
					Number.parseInt(number.slice(index * 8, index * 8 + 8), 16),
				),
	);
	cache.store(fetchedNumbers(namesKey(image)), Uint32Array.from(words));
}

function namesKey({ id }: InspectedImage): string {
	return `layers of export ${id}`;
}
