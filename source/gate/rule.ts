import type { AnswerName, Answers } from '../analysis/answers.ts';
import type { Figures } from '../analysis/figures.ts';
import type { FindingCode } from '../analysis/findings/explanations/explanations.ts';
import type { FindingLevel } from '../analysis/findings/finding-level.ts';
import type { KnownFinding, KnownFindings } from '../analysis/findings/known-findings.ts';
import type { FileTree } from '../filetree/file-tree.ts';
import type { LayerDescription } from '../image/image.ts';
import type { Baseline } from './baseline/baseline.ts';

/** What a value and its limit are: a share of one, a share that is written as a percentage, percentage points, bytes, or a number of things. */
export type LimitUnit = 'ratio' | 'percent' | 'points' | 'bytes' | 'count';

/**
 * How a limit is written: an amount of one unit, a growth in bytes or percent or both, sizes of several kinds, globs of what must not be there,
 * sizes of what patterns match, a switch for what must not be there at all, or the findings that may not be there.
 */
export type LimitSyntax =
	| Exclude<LimitUnit, 'count'>
	| 'growth'
	| 'sizes'
	| 'globs'
	| 'budgets'
	| 'absence'
	| 'findings';

/** What a limit of several parts is about. */
export type MeasureName = 'bytes' | 'percent' | 'stored' | 'unpacked' | 'live';

/**
 * A limit as a ratio, points, bytes or a number of things; one for each of several measures or patterns, which must all hold; or the findings that
 * may not be there.
 */
export type Limit = number | Readonly<Partial<Record<MeasureName, number>>> | PatternLimit | FindingLimit;

/** What may be there at most of what each pattern matches. */
export interface PatternLimit {
	readonly patterns: readonly PatternAmount[];
}

export interface PatternAmount {
	/** As the user wrote it. */
	readonly pattern: string;
	/** Bytes, or a number of paths. */
	readonly most: number;
}

/** What a rule has read from the contents of files. Nothing is read for a rule that is off. */
export type RuleContents = 'packages' | 'secrets';

/** The findings that may not be there. */
export interface FindingLimit {
	readonly findings: readonly FindingSelector[];
}

/** Some findings: by their code, or all of a level. */
export type FindingSelector = FindingCode | FindingLevel;

/** A finding as rules see it. */
export type RuleFinding = KnownFinding;

/** The image that a rule judges, less what the rule is to leave out, with the answers that it needs. */
export interface RuleInput<Needs extends AnswerName = AnswerName> {
	readonly tree: FileTree;
	readonly figures: Figures;
	readonly layers: readonly LayerDescription[];
	readonly answers: Pick<Answers, Needs>;
	/** What is to be done about the image, without what the user accepts; null where that was not looked for. */
	readonly findings: KnownFindings | null;
	/** The image before, less the same; null where none was named, or where it cannot be used. */
	readonly baseline: Baseline | null;
	/** What the patterns of the rule's limit match, less what the rule ignores; empty for a rule without patterns. */
	readonly matches: ReadonlyMap<string, PatternMatch>;
}

/** What a pattern matches in an image. */
export interface PatternMatch {
	/** How many paths, packages or secrets. */
	readonly count: number;
	/** Of the final file system, where an inode counts once. */
	readonly bytes: number;
	/** Some of what it matches: of paths the first, of what has a budget the greatest. Not yet escaped for a terminal. */
	readonly examples: readonly MatchExample[];
	/** Why there may be more, without a full stop; absent where everything was looked at. */
	readonly obstacle?: string;
}

export interface MatchExample {
	readonly name: string;
	/** Null where its size does not matter. */
	readonly bytes: number | null;
	/** What else is to be said of it; absent for nothing. */
	readonly detail?: string;
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
	/** Of a rule of patterns, which the verdict does not show where it is off. */
	readonly patterns?: PatternRule<Needs>;
}

/** What a rule of patterns has beside what all rules have. */
export interface PatternRule<Needs extends AnswerName = AnswerName> {
	/** What is held against the limit of each pattern, in the order in which the user gave them. */
	readonly measuresOf: (limit: PatternLimit) => readonly LimitedMeasure<Needs>[];
	/** What its limit needs that is read from contents. */
	readonly contentsOf: (limit: PatternLimit) => readonly RuleContents[];
	/** Markdown, for docs/settings.md: when it fails. */
	readonly meaning: string;
}

/** A measure and the limit that it is held against. */
export interface LimitedMeasure<Needs extends AnswerName = AnswerName> {
	readonly measure: Measure<Needs>;
	readonly limit: number;
}

export interface Measure<Needs extends AnswerName = AnswerName> {
	/** The pattern that it is about; absent where it is about the image. */
	readonly pattern?: string;
	/** The part of the limit that it is held against; null where the limit is one number. */
	readonly name: MeasureName | null;
	readonly unit: LimitUnit;
	/** What is measured, in words. */
	readonly what: string;
	/** Whether it counts stored bytes, of which no path can be left out. */
	readonly countsStoredBytes: boolean;
	/** The exact figure that the verdict shows for the image as a whole, also when the rule holds or is off. */
	readonly measure: (input: RuleInput<Needs>, limit: Limit | null) => Measured;
	/** Everything that breaks the limit; empty when the rule holds. By default the figure itself is held against the limit. */
	readonly check?: (input: RuleInput<Needs>, limit: number, whole: Limit) => readonly Finding[];
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
	/** The exact value and the limit that it breaks, as ratios, points, bytes or counts. */
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
	| { readonly kind: 'path'; readonly path: string }
	/** What a pattern of the limit matches; not yet escaped for a terminal. */
	| {
			readonly kind: 'pattern';
			/** Null where the rule has no patterns. */
			readonly pattern: string | null;
			readonly count: number;
			readonly examples: readonly MatchExample[];
	  }
	/** One of the findings of the analysis; the layer is 0-based, and null where none is to blame. */
	| { readonly kind: 'finding'; readonly code: string; readonly layerIndex: number | null };

/** The part of a limit that is about a measure; null where none is. No finding may be there that a limit names. */
export function partOf(limit: Limit, { name }: Pick<Measure, 'name'>): number | null {
	if (typeof limit === 'number') return limit;
	if ('findings' in limit) return 0;
	return name === null || isPatternLimit(limit) ? null : (limit[name] ?? null);
}

export function isPatternLimit(limit: Limit): limit is PatternLimit {
	return typeof limit === 'object' && 'patterns' in limit;
}

/** What of a rule is held against its limit. */
export function limitedMeasures<Needs extends AnswerName>(
	{ measures, patterns }: Rule<string, Needs>,
	limit: Limit,
): readonly LimitedMeasure<Needs>[] {
	if (isPatternLimit(limit)) return patterns?.measuresOf(limit) ?? [];
	return measures.flatMap((measure) => {
		const part = partOf(limit, measure);
		return part === null ? [] : [{ measure, limit: part }];
	});
}

/** The findings that a limit names; null for a limit of another kind. */
export function limitOfFindings(limit: Limit): readonly FindingSelector[] | null {
	return typeof limit === 'object' && 'findings' in limit ? limit.findings : null;
}
