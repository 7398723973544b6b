import { BLOCK_BYTES } from './header.ts';

export type TarErrorKind = 'truncated' | 'corrupt' | 'unsupported';

/** A tar that does not hold together, at a position in it. Whoever knows which file or layer it is makes a `FathomError` of it. */
export class TarError extends Error {
	override readonly name = 'TarError';
	readonly kind: TarErrorKind;
	/** Bytes from the start of the tar, or of the packed data where those are at fault. */
	readonly position: number;

	constructor(kind: TarErrorKind, position: number, message: string, cause?: unknown) {
		super(message, cause === undefined ? undefined : { cause });
		this.kind = kind;
		this.position = position;
	}
}

/** A tar of so many bytes that ends in the middle of something. */
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

/** For a size that is no number, is negative, or is more than such an entry can have. */
export function impossibleSize(position: number): TarError {
	return new TarError('corrupt', position, `the tar header at byte ${position} states an impossible size`);
}

/** What a decoder may say of packed data. */
export type DecoderVerdict = 'ended' | 'damaged' | 'unknown-option';

export interface PackedData {
	readonly format: string;
	/** How many bytes of it the decoder had taken in when it gave up. */
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
		case 'damaged':
			return new TarError('corrupt', taken, `the ${format} data is damaged before byte ${taken}`, cause);
	}
}
