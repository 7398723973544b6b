import type { Microseconds } from '../../cache/kinds/kind.ts';
import type { Changeset } from '../../tar/changeset.ts';

const STORED_BYTES_A_MICROSECOND = 100;
/** Unpacking a byte costs about as much as jumping over thirty. */
const JUMPED_BYTES = 30;

const MICROSECONDS_A_HEADER = 3;
const UNPACKED_BYTES_A_MICROSECOND = 300;
const HASHED_BYTES_A_MICROSECOND = 1000;

/** An estimate of the work to read a layer or an archive, from its size alone. */
export function readingCost(storedBytes: number, isPacked: boolean): Microseconds {
	return storedBytes / STORED_BYTES_A_MICROSECOND / (isPacked ? 1 : JUMPED_BYTES);
}

/** An estimate of the work that it took to read a layer. */
export function costOfLayer(
	{ headerCount, unpackedBytes, diffId }: Changeset,
	isPacked: boolean,
): Microseconds {
	const headers = headerCount * MICROSECONDS_A_HEADER;
	const unpacking = isPacked ? unpackedBytes / UNPACKED_BYTES_A_MICROSECOND : 0;
	const hashing = diffId === null ? 0 : unpackedBytes / HASHED_BYTES_A_MICROSECOND;
	return headers + unpacking + hashing;
}
