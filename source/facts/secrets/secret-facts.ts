import type { SecretKind } from './rules/rules.ts';

/** What looks secret in one file. The secret itself is never kept: not the text, nor a part or a hash of it. */
export interface SecretFact {
	readonly secrets: readonly FoundSecret[];
}

/** One kind of secret in one file. */
export interface FoundSecret {
	readonly kind: SecretKind;
	/** The lines where one begins, 1-based, ascending; the first `MOST_LINES` of them. Empty where the file as a whole is the secret. */
	readonly lines: readonly number[];
}

export const MOST_LINES = 20;
