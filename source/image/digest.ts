const pattern = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/;

/**
 * The digest, or null when it is anything but `sha256:` and 64 or `sha512:` and 128 lower-case hexadecimal digits
 * (OCI image specification, descriptor.md, "Digests"). So a digest can safely become a part of a path.
 */
export function parseDigest(value: unknown): string | null {
	return typeof value === 'string' && pattern.test(value) ? value : null;
}

/** Where an image layout keeps the blob: `blobs/sha256/HEX` (OCI image specification, image-layout.md). */
export function blobPath(digest: string): string {
	return `blobs/${digest.replace(':', '/')}`;
}

/** The digest of the blob that an image layout keeps at the path, or null for any other path. */
export function digestOfBlobPath(path: string): string | null {
	const match = /^blobs\/([^/]+)\/([^/]+)$/.exec(path);
	return match === null ? null : parseDigest(`${match[1]}:${match[2]}`);
}

/** `sha256:75ae28b8ebf8`, for sentences. */
export function shortDigest(digest: string): string {
	const [algorithm, hex = ''] = digest.split(':');
	return `${algorithm}:${hex.slice(0, 12)}`;
}
