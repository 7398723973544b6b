import type { LayerDescription } from '../image/image.ts';
import type { Both } from './merge/merge-structure.ts';

/** A layer as far as it tells whether another image has the same one. */
export interface IdentifiedLayer extends Pick<LayerDescription, 'diffId'> {
	/** Whether it has that diff ID; null where it was not checked. */
	readonly diffIdMatches: boolean | null;
}

/**
 * Numbers of the layers of two images, lowest first: equal numbers mean the same layer. A diff ID is believed unless the layer was
 * checked and has another one (OCI image specification, config.md, "Layer DiffID").
 */
export function numberLayers(images: Both<readonly IdentifiedLayer[]>): Both<Uint32Array> {
	const known = new Map<string, number>();
	let next = 0;
	const number = ({ diffId, diffIdMatches }: IdentifiedLayer): number => {
		const found = diffId === null || diffIdMatches === false ? undefined : known.get(diffId);
		if (found !== undefined) return found;
		if (diffId !== null && diffIdMatches !== false) known.set(diffId, next);
		return next++;
	};
	return [Uint32Array.from(images[0], number), Uint32Array.from(images[1], number)];
}
