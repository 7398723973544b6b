import { parseDigest } from './digest.ts';
import { corrupt, isObject } from './json.ts';
import type { Platform } from './platform.ts';
import * as tolerant from './tolerant.ts';

/** A reference to a blob (OCI image specification, descriptor.md). */
export interface Descriptor {
	readonly digest: string;
	/** As written; may be wrong or unknown. */
	readonly mediaType: string | null;
	/** Bytes, as written; may be wrong. */
	readonly size: number | null;
	readonly platform: Platform | null;
	readonly annotations: Readonly<Record<string, string>>;
	/** Other locations of the blob; a layer that has some is often left out of an archive. */
	readonly urls: readonly string[];
}

const schema = tolerant.fields({
	mediaType: tolerant.text,
	size: tolerant.byteCount,
	platform: tolerant.platform,
	annotations: tolerant.dictionary,
	urls: tolerant.texts,
});

/** Parses a descriptor. Throws `corrupt` when it has no valid digest, without which its blob cannot be found. */
export function parseDescriptor(value: unknown, where: string): Descriptor {
	if (!isObject(value)) throw corrupt(where, 'is not a descriptor');
	const digest = parseDigest(value.digest);
	if (digest === null)
		throw corrupt(where, `has ${written(value.digest)}, expected sha256:HEX or sha512:HEX`);
	return { digest, ...schema.parse(value) };
}

/** The names of an image in the annotations of its descriptor: containerd's, or else the reference name of the layout. */
export function namesOf(annotations: Readonly<Record<string, string>>): readonly string[] {
	const name = annotations['io.containerd.image.name'] || annotations['org.opencontainers.image.ref.name'];
	return name ? [name] : [];
}

/** Whether the descriptor refers to an attestation about an image, such as BuildKit's provenance, instead of an image. */
export function isAttestation({ platform, annotations }: Descriptor): boolean {
	return (
		annotations['vnd.docker.reference.type'] === 'attestation-manifest' ||
		(platform?.os === 'unknown' && platform.architecture === 'unknown')
	);
}

/** The digest of the image that an attestation is about (BuildKit, docs/attestations/attestation-storage.md); null for anything else. */
export function attestedDigest({ annotations }: Descriptor): string | null {
	if (annotations['vnd.docker.reference.type'] !== 'attestation-manifest') return null;
	return parseDigest(annotations['vnd.docker.reference.digest']);
}

function written(digest: unknown): string {
	if (digest === undefined || digest === null) return 'no digest';
	if (typeof digest !== 'string') return 'a digest that is not a string';
	return `the digest "${digest.length > 80 ? `${digest.slice(0, 80)}...` : digest}"`;
}
