import type { AnswerName, Answers } from '../analysis/answers.ts';
import type { Figures } from '../analysis/figures.ts';
import type { FileTree } from '../filetree/file-tree.ts';
import type { LayerDescription } from '../image/image.ts';
import type { Baseline } from './baseline/baseline.ts';

/** What a value and its limit are: a share of one, a share that is written as a percentage, percentage points, or bytes. */
export type LimitUnit = 'ratio' | 'percent' | 'points' | 'bytes';

/** How a limit is written: an amount of one unit, a growth in bytes or percent or both, or sizes of several kinds. */
export type LimitSyntax = LimitUnit | 'growth' | 'sizes';

/** What a limit of several parts is about. */
export type MeasureName = 'bytes' | 'percent' | 'stored' | 'unpacked' | 'live';

/** A limit as a ratio, points or bytes; or one for each of several measures, which must all hold. */
export type Limit = number | Readonly<Partial<Record<MeasureName, number>>>;

/** The image that a rule judges, less what the rule is to leave out, with the answers that it needs. */
export interface RuleInput<Needs extends AnswerName = AnswerName> {
	readonly tree: FileTree;
	readonly figures: Figures;
	readonly layers: readonly LayerDescription[];
	readonly answers: Pick<Answers, Needs>;
	/** The image before, less the same; null where none was named, or where it cannot be used. */
	readonly baseline: Baseline | null;
}

/** One rule of the gate. Adding one is a file with one of these and a line in the list; `scalarRule` makes those of one figure. */
export interface Rule<Key extends string = string, Needs extends AnswerName = AnswerName> {
	/** Its name as a flag, as a key of fathom.yaml and in the verdict. */
	readonly key: Key;
	readonly syntax: LimitSyntax;
	/** Whether the limit is the lowest or the highest value that passes. The limit itself passes. */
	readonly bound: 'lowest' | 'highest';
	/** As a user would write it; null: the rule is off unless a limit is set. */
	readonly defaultLimit: string | null;
	/** What it measures, for the help text. */
	readonly summary: string;
	/** Whether it is about what changed since the baseline, so that it judges only where there is one. */
	readonly isAboutChange: boolean;
	/** What it is worked out from beside the figures. */
	readonly needs: readonly Needs[];
	/** What is held against the limit; the verdict shows the first where the rule is off. */
	readonly measures: readonly [Measure<Needs>, ...Measure<Needs>[]];
}

export interface Measure<Needs extends AnswerName = AnswerName> {
	/** The part of the limit that it is held against; null where the limit is one number. */
	readonly name: MeasureName | null;
	readonly unit: LimitUnit;
	/** What is measured, in words. */
	readonly what: string;
	/** Whether it counts stored bytes, of which no path can be left out. */
	readonly countsStoredBytes: boolean;
	/** The exact figure that the verdict shows for the image as a whole, also when the rule holds or is off. */
	readonly measure: (input: RuleInput<Needs>) => Measured;
	/** Everything that breaks the limit; empty when the rule holds. By default the figure itself is held against the limit. */
	readonly check?: (input: RuleInput<Needs>, limit: number) => readonly Finding[];
}

/** A figure, as far as it is known. */
export interface Measured {
	/** A ratio, points or bytes; null where it is not known. */
	readonly value: number | null;
	/** What kind of bytes these are, where that is not the usual kind. */
	readonly mark?: 'uncompressed';
	/** Why it cannot be held against a limit, without a full stop; absent where it can. */
	readonly obstacle?: string;
}

/** One thing in an image that breaks a rule. */
export interface Finding {
	/** What was measured, in words. */
	readonly what: string;
	readonly where: Subject;
	/** The exact value and the limit that it breaks, as ratios, points or bytes. */
	readonly value: number;
	readonly limit: number;
	readonly unit: LimitUnit;
	/** Whether the image fails for it. */
	readonly level: Level;
}

export const levels = ['fail', 'warn'] as const;
/** Whether the image fails when a rule does not hold, or only a warning is given. */
export type Level = (typeof levels)[number];

/** What a finding is about. */
export type Subject =
	| { readonly kind: 'image' }
	/** 0-based, lowest first. */
	| { readonly kind: 'layer'; readonly layerIndex: number }
	/** As `pathOf` gives it: without a leading slash, not yet escaped for a terminal. */
	| { readonly kind: 'path'; readonly path: string };

/** The part of a limit that is about a measure; null where none is. */
export function partOf(limit: Limit, { name }: Pick<Measure, 'name'>): number | null {
	if (typeof limit === 'number') return limit;
	return name === null ? null : (limit[name] ?? null);
}
