import type { HashOptions, StreamScanOptions } from '../../tar/scan-stream.ts';
import { observerOf } from '../facts/observer-of.ts';

/** Layers unpack to about three times their size. */
const USUAL_RATIO = 3;

/**
 * How to scan a tar of `storedBytes` as it is stored. If that is too large to be verified, so is the unpacked tar, and hashing it would be
 * in vain.
 */
export function scanOptions(
	storedBytes: number,
	{ identityKey, largestVerifiedBytes, withFileDigests = false, facts = [], budget = null }: HashOptions,
): StreamScanOptions {
	return {
		identityKey,
		largestVerifiedBytes: storedBytes > largestVerifiedBytes ? 0 : largestVerifiedBytes,
		withFileDigests,
		budget,
		observer: observerOf(facts),
		expectedBytes: storedBytes * USUAL_RATIO,
	};
}
