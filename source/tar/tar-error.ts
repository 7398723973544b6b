import { BLOCK_BYTES } from './header.ts';

export type TarErrorKind =
	| 'truncated'
	| 'corrupt'
	| 'unsupported'
	/** For a limit that a setting gives (`entry-budget.ts`). */
	| 'too-many-paths'
	| 'too-many-path-bytes';

/** An error in a tar, with its position. The caller, which knows the file or layer, turns it into a `FathomError`. */
export class TarError extends Error {
	override readonly name = 'TarError';
	readonly kind: TarErrorKind;
	/** Bytes from the start of the tar, or of the compressed data when the error is there. */
	readonly position: number;

	constructor(kind: TarErrorKind, position: number, message: string, cause?: unknown) {
		super(message, cause === undefined ? undefined : { cause });
		this.kind = kind;
		this.position = position;
	}

	/** Whether the first header is wrong already, so that the file may be no tar at all. */
	get isAtStart(): boolean {
		return this.position < BLOCK_BYTES && this.kind !== 'unsupported' && this.cause === undefined;
	}
}

/** For a tar of `bytes` bytes that ends in the middle of an entry. */
export function truncated(bytes: number): TarError {
	return bytes < BLOCK_BYTES
		? new TarError('truncated', bytes, `it is not a tar, or was cut: it ends at byte ${bytes}`)
		: new TarError('truncated', bytes, `the tar ends at byte ${bytes}, in the middle of an entry`);
}

/** For a header whose checksum is wrong. */
export function invalidHeader(position: number): TarError {
	const why = position === 0 ? 'it is not a tar, or its start is damaged' : 'its checksum is wrong';
	return new TarError('corrupt', position, `no valid tar header at byte ${position} (${why})`);
}

/** For a size that is not a number, is negative, or is too large for its kind of entry. */
export function impossibleSize(position: number): TarError {
	return new TarError('corrupt', position, `the tar header at byte ${position} states an impossible size`);
}

/** For a GNU sparse entry whose map does not fit its size and its data. */
export function invalidSparseMap(position: number): TarError {
	return new TarError('corrupt', position, `the sparse map of the entry at byte ${position} is not valid`);
}

/** Why a decoder rejects compressed data. */
export type DecoderVerdict = 'ended' | 'damaged' | 'unknown-option' | 'window-too-large';

export interface PackedData {
	readonly format: string;
	/** Bytes that the decoder had received. */
	readonly taken: number;
}

export function packedDataError(
	{ format, taken }: PackedData,
	verdict: DecoderVerdict,
	cause: unknown,
): TarError {
	switch (verdict) {
		case 'ended':
			return new TarError('truncated', taken, `the ${format} data ends too early, at byte ${taken}`, cause);
		case 'unknown-option':
			return new TarError(
				'unsupported',
				0,
				`it is ${format} data of a kind that fathom cannot unpack`,
				cause,
			);
		case 'window-too-large':
			return new TarError(
				'unsupported',
				0,
				`the ${format} data needs a window of more than 128 MiB to be unpacked`,
				cause,
			);
		case 'damaged':
			return new TarError('corrupt', taken, `the ${format} data is damaged before byte ${taken}`, cause);
	}
}
