import { baseClaimsOf } from '../../image/base-claims.ts';
import type { ImageSummary } from '../../image/image-summary.ts';
import type { Platform } from '../../image/platform.ts';
import { chooseImage } from './choose-image.ts';
import type { DocumentSource, RegistryDocument } from './documents.ts';
import { provenanceOf } from './read-registry-image.ts';

/** What the documents of an image say: its manifest, its config and the provenance beside it, which are some kilobytes. Throws `FathomError`. */
export async function summariseImage(
	top: RegistryDocument,
	platform: Platform | undefined,
	source: DocumentSource,
): Promise<ImageSummary> {
	try {
		const { manifest, manifestDigest, config, attestation } = await chooseImage(top, platform, source);
		const { provenance } = await provenanceOf(attestation, source);
		return {
			digests: [...new Set([top.digest, manifestDigest])],
			diffIds: config.diffIds,
			created: config.created,
			claims: baseClaimsOf({
				annotations: manifest.annotations,
				labels: config.runtime.labels,
				materials: provenance?.materials ?? [],
			}),
		};
	} finally {
		source.client.close();
	}
}
