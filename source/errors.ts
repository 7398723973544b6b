/** What went wrong, in one word that scripts and tests can rely on. */
export type FathomErrorCode =
	| 'usage'
	| 'settings'
	| 'not-found'
	/** An engine or a registry does not answer. */
	| 'unavailable'
	/** An engine or a registry lets this user not in. */
	| 'denied'
	| 'not-an-image'
	| 'no-such-image'
	| 'missing'
	| 'corrupt'
	| 'truncated'
	| 'unsupported'
	| 'unreadable'
	/** More than a limit allows that the user can raise. */
	| 'too-large'
	| 'output'
	/** What an image is to be compared with cannot be used, and it is required. */
	| 'baseline'
	/** A build of an image failed. */
	| 'build'
	| 'interrupted';

export interface FathomErrorDetails {
	readonly code: FathomErrorCode;
	/** One line: what failed, where and why, in the user's words. Text from an image in it may be hostile: escape it before printing. */
	readonly message: string;
	/** One line: what to try. */
	readonly hint?: string;
	/** The error below, shown with `--verbose`. */
	readonly cause?: unknown;
}

/** Every failure that the program expects. The text of the message is for people; `code` is for programs. */
export class FathomError extends Error {
	override readonly name = 'FathomError';
	readonly code: FathomErrorCode;
	readonly hint: string | undefined;

	constructor({ code, message, hint, cause }: FathomErrorDetails) {
		super(message, cause === undefined ? undefined : { cause });
		this.code = code;
		this.hint = hint;
	}
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
	return thrown instanceof Error ? thrown.message : String(thrown);
}
