import type { Figures } from '../figures.ts';
import type { FindingCode } from './explanations/explanations.ts';
import type { Finding } from './finding.ts';

/** What a user lives with, as fathom.yaml says. */
export interface AcceptedFindings {
	readonly code: FindingCode;
	/** Globs that all files of such a finding have to match; null for all findings with this code. */
	readonly paths: readonly string[] | null;
	/** For people; not yet escaped for a terminal. */
	readonly reason: string;
	/** Where it says so, from 1. */
	readonly line: number;
}

/** Which findings are asked for. */
export interface FindingsChoice {
	/** Whether contents are read for those that need them. */
	readonly withContents: boolean;
	/** None by default. */
	readonly accepted?: readonly AcceptedFindings[];
	/** Several lists of globs: of each finding it is said of which of them all its files match. None by default. */
	readonly ignored?: readonly (readonly string[])[];
}

export interface ListedFinding extends Omit<Finding, 'marks'> {
	/** Why the user lives with it; null where they do not. */
	readonly acceptedBecause: string | null;
	/** The positions of the lists of globs that leave it out. */
	readonly ignoredBy: readonly number[];
}

/** All that is found in an image, the greatest saving first. */
export interface ImageFindings {
	readonly findings: readonly ListedFinding[];
	/** What fixing those of level waste and hint would save, without those that are accepted; bytes. */
	readonly savedBytes: number;
	readonly withContents: boolean;
	/** Layers, 0-based, whose contents were to be read and were not: what needs them is not found there. */
	readonly unreadLayers: readonly number[];
	/** What is accepted and was looked for, and is not there. */
	readonly unused: readonly AcceptedFindings[];
}

/** What of the saved bytes the base alone is to blame for. */
export function savedInTheBase(findings: readonly ListedFinding[]): number {
	return sumOfSaved(findings.filter(({ level, isOfBase }) => level !== 'risk' && isOfBase));
}

/** What of the saved bytes is wasted, so that nobody can see it. */
export function savedWaste(findings: readonly ListedFinding[]): number {
	return sumOfSaved(findings.filter(({ level }) => level === 'waste'));
}

function sumOfSaved(findings: readonly ListedFinding[]): number {
	return findings
		.filter(({ acceptedBecause }) => acceptedBecause === null)
		.reduce((sum, { savedBytes }) => sum + savedBytes, 0);
}

/** The efficiency of the image once a waste is mended and nothing else: live bytes divided by all that are left. */
export function efficiencyWithout(
	{ savedBytes }: Pick<ListedFinding, 'savedBytes'>,
	{ liveBytes, totalBytes }: Pick<Figures, 'liveBytes' | 'totalBytes'>,
): number {
	return totalBytes === savedBytes ? 1 : liveBytes / (totalBytes - savedBytes);
}
