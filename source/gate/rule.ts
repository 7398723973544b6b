import type { AnswerName, Answers } from '../analysis/answers.ts';
import type { Figures } from '../analysis/figures.ts';
import type { FileTree } from '../filetree/file-tree.ts';

/** How a limit is written: a share of one, a percentage, or an amount of bytes. The limit itself is a ratio or a number of bytes. */
export type LimitUnit = 'ratio' | 'percent' | 'bytes';

/** The image that a rule judges, with the answers that it needs. */
export interface RuleInput<Needs extends AnswerName = AnswerName> {
	readonly tree: FileTree;
	readonly figures: Figures;
	readonly answers: Pick<Answers, Needs>;
}

/** One rule of the gate. Adding one is a file with one of these and a line in the list; `scalarRule` makes those of one figure. */
export interface Rule<Key extends string = string, Needs extends AnswerName = AnswerName> {
	/** Its name as a flag, as a key of fathom.yaml and in the verdict. */
	readonly key: Key;
	readonly unit: LimitUnit;
	/** Whether the limit is the lowest or the highest value that passes. The limit itself passes. */
	readonly bound: 'lowest' | 'highest';
	/** null: the rule is off unless a limit is set. */
	readonly defaultLimit: number | null;
	/** What it measures, for the help text. */
	readonly summary: string;
	/** What it is worked out from beside the figures. */
	readonly needs: readonly Needs[];
	/** The exact figure that the verdict shows for the image as a whole, also when the rule holds or is off. */
	readonly measure: (input: RuleInput<Needs>) => number;
	/** Everything that breaks the limit; empty when the rule holds. Not called when the rule is off. */
	readonly check: (input: RuleInput<Needs>, limit: number) => readonly Finding[];
}

/** One thing in an image that breaks a rule. */
export interface Finding {
	/** What was measured, in words. */
	readonly what: string;
	readonly where: Subject;
	/** The exact value and the limit that it breaks, as ratios or bytes. */
	readonly value: number;
	readonly limit: number;
	readonly unit: LimitUnit;
	/** Whether the image fails for it. */
	readonly level: 'fail' | 'warn';
}

/** What a finding is about. */
export type Subject =
	| { readonly kind: 'image' }
	/** 0-based, lowest first. */
	| { readonly kind: 'layer'; readonly layerIndex: number }
	/** As `pathOf` gives it: without a leading slash, not yet escaped for a terminal. */
	| { readonly kind: 'path'; readonly path: string };
