import type { Both } from '../merge/merge-structure.ts';
import type { ConfigFieldChange, DocumentComparison, ManifestChange } from './compare-documents.ts';
import type { CompressionDifference } from './compression-difference.ts';
import type { TarComparison } from './tar-difference.ts';

/** Which of two images. */
export type Side = 'old' | 'new';

/** Whether two builds that should be equal are, and what differs first on each level, from the outside in. */
export interface Reproducibility {
	/** Repository tags, which no digest depends on. */
	readonly names: Both<readonly string[]>;
	readonly manifest: DocumentComparison<ManifestChange>;
	readonly config: DocumentComparison<ConfigFieldChange>;
	readonly layerCounts: Both<number>;
	/** The lowest layer that differs; null where none does. */
	readonly layer: LayerDifference | null;
	/** Layers above that one which have other diff IDs or digests too, 0-based. */
	readonly otherLayers: readonly number[];
	/** Layers of which one image has no compressed blob, 0-based: only what they unpack to was compared. */
	readonly unpacked: readonly { readonly layerIndex: number; readonly side: Side }[];
}

/** The lowest layer that differs. */
export interface LayerDifference {
	/** 0-based. */
	readonly index: number;
	/** What the builder recorded of the instruction that made it. */
	readonly instructions: Both<string | null>;
	readonly digests: Both<string | null>;
	readonly diffIds: Both<string | null>;
	readonly difference:
		| { readonly kind: 'tar'; readonly comparison: TarComparison }
		/** The tars are equal. */
		| { readonly kind: 'compression'; readonly compression: CompressionDifference }
		/** One image has fewer layers. */
		| { readonly kind: 'only'; readonly side: Side }
		| NotReadable
		/** The layer is kept elsewhere by design (OCI image specification, layer.md, "Non-Distributable Layers"). */
		| { readonly kind: 'absent'; readonly side: Side };
}

/** One image cannot give the layer again. */
export interface NotReadable {
	readonly kind: 'not-readable';
	readonly side: Side;
	/** Whether a saved report is left of that image; otherwise its source cannot give the layer. */
	readonly isSaved: boolean;
}

/** Whether nothing differs but names. */
export function areSameBuilds({ manifest, config, layer }: Reproducibility): boolean {
	if (layer !== null) return false;
	return manifest.isSame === true || [manifest, config].every(isSameDocument);
}

/** A document that one image lacks is not known to differ. */
function isSameDocument({ isSame, changes }: DocumentComparison<unknown>): boolean {
	return isSame === true || (isSame === null && changes.length === 0);
}
