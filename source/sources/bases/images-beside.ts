import { type BaseClaim, baseClaimsOf } from '../../image/base-claims.ts';
import type { ImageDescription } from '../../image/image.ts';
import type { ImageSummary } from '../../image/image-summary.ts';
import { formatReference, parseReference } from '../../image/reference.ts';

/** The image of a claim among those of the same source; null where it is not there. By digest where one has it, else by name. */
export function summaryBeside(
	{ name, digest }: BaseClaim,
	others: readonly ImageDescription[],
): ImageSummary | null {
	const wanted = name === null ? null : fullName(name);
	const found =
		others.find((other) => digest !== null && other.manifestDigest === digest) ??
		others.find(({ names }) => wanted !== null && names.some((each) => fullName(each) === wanted));
	return found === undefined ? null : summaryOf(found);
}

function summaryOf({
	manifestDigest,
	layers,
	created,
	annotations,
	config: { labels },
}: ImageDescription): ImageSummary {
	return {
		digests: manifestDigest === null ? [] : [manifestDigest],
		diffIds: layers.map(({ diffId }) => diffId),
		created,
		claims: baseClaimsOf({ annotations, labels, materials: [] }),
	};
}

/** Null for a text that is no reference. */
function fullName(name: string): string | null {
	try {
		return formatReference(parseReference(name));
	} catch {
		return null;
	}
}
