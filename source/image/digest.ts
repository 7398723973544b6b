const pattern = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/;

/**
 * The digest, or null when it is anything but `sha256:` and 64 or `sha512:` and 128 lower-case hexadecimal digits
 * (OCI image specification, descriptor.md, "Digests"). This makes it safe to use in a path.
 */
export function parseDigest(value: unknown): string | null {
	return typeof value === 'string' && pattern.test(value) ? value : null;
}

/** The path of the blob in an image layout: `blobs/sha256/HEX` (OCI image specification, image-layout.md). */
export function blobPath(digest: string): string {
	return `blobs/${digest.replace(':', '/')}`;
}

/** The digest of the blob at a path of an image layout, or null for any other path. */
export function digestOfBlobPath(path: string): string | null {
	const match = /^blobs\/([^/]+)\/([^/]+)$/.exec(path);
	return match === null ? null : parseDigest(`${match[1]}:${match[2]}`);
}

/** `sha256:75ae28b8ebf8`, for sentences. */
export function shortDigest(digest: string): string {
	const [algorithm, hex = ''] = digest.split(':');
	return `${algorithm}:${hex.slice(0, 12)}`;
}
