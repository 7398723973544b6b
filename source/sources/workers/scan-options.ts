import type { HashOptions, StreamScanOptions } from '../../tar/scan-stream.ts';

/** Layers unpack to about three times their size. */
const USUAL_RATIO = 3;

/**
 * How to scan what takes so many bytes as it is stored. What is too large to be verified like that is so unpacked as well, and need not
 * be hashed to find that out.
 */
export function scanOptions(
	storedBytes: number,
	{ identityKey, largestVerifiedBytes, withFileDigests = false }: HashOptions,
): StreamScanOptions {
	return {
		identityKey,
		largestVerifiedBytes: storedBytes > largestVerifiedBytes ? 0 : largestVerifiedBytes,
		withFileDigests,
		expectedBytes: storedBytes * USUAL_RATIO,
	};
}
