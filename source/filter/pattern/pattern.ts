import type { CodePointRange } from './code-points.ts';

/** A regular expression that the user typed and that cannot be used. The message is shown to the user. */
export class PatternError extends Error {
	override readonly name = 'PatternError';
}

/** A parsed regular expression. Groups leave no trace: what matched is never asked for, only whether something did. */
export type Pattern =
	| { readonly kind: 'set'; readonly ranges: readonly CodePointRange[] }
	| { readonly kind: 'sequence'; readonly parts: readonly Pattern[] }
	| { readonly kind: 'choice'; readonly options: readonly Pattern[] }
	| {
			readonly kind: 'repeat';
			readonly part: Pattern;
			readonly minimum: number;
			readonly maximum: number | null;
	  }
	| { readonly kind: 'start' }
	| { readonly kind: 'end' };
