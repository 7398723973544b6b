import { baseClaimsOf } from '../../../image/base-claims.ts';
import type { ImageSummary } from '../../../image/image-summary.ts';
import type { FoundImage } from '../../image-source.ts';
import type { EngineReading } from '../engine-image.ts';
import { readEngineImage } from './read-engine-image.ts';

/** An image that its engine exports. */
export function findExport(reading: EngineReading): FoundImage {
	return {
		foundIn: reading.engine,
		read: () => readEngineImage(reading),
		summarise: async () => summaryOf(reading),
	};
}

/** What the engine has said already; null where that does not tell the layers. */
function summaryOf({ image, record }: EngineReading): ImageSummary | null {
	const { diffIds } = image;
	if (diffIds === null) return null;
	const manifestDigest = record?.manifestDigest ?? null;
	return {
		digests: [...(manifestDigest === null ? [] : [manifestDigest]), ...(image.digests ?? [])],
		diffIds,
		created: record?.config.created ?? image.created ?? null,
		claims: baseClaimsOf({
			annotations: record?.annotations ?? {},
			labels: record?.config.runtime.labels ?? image.labels ?? {},
			materials: [],
		}),
	};
}
