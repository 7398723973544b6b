/** What the program did wrong. The same kind and subject is taken for the same fault. */
export interface Failure {
	readonly kind: FailureKind;
	/** What of it, in a few words that do not depend on the case. */
	readonly subject: string;
	readonly detail: string;
}

export type FailureKind =
	/** An error that is no `FathomError`. */
	| 'error'
	/** An archive that is as it should be was not read. */
	| 'refused'
	/** A figure that cannot be, or a sum that does not add up. */
	| 'figures'
	| 'schema'
	/** The change sets do not lead to the final file system. */
	| 'replay'
	/** Other figures or changes than the plain model has. */
	| 'model'
	/** Another result by position than as a stream. */
	| 'ways'
	/** Another result with the cache than without. */
	| 'cache'
	/** A file that cannot be read, or has another content. */
	| 'files'
	| 'hang'
	| 'memory';

export class FuzzFailure extends Error {
	override readonly name = 'FuzzFailure';
	readonly failure: Failure;

	constructor(kind: FailureKind, subject: string, detail: string) {
		super(`${kind}: ${subject}: ${detail}`);
		this.failure = { kind, subject, detail };
	}
}

/** What is taken for the same fault. */
export function signatureOf({ kind, subject }: Failure): string {
	return `${kind}: ${subject}`;
}
