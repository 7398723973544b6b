import type { FindingChange } from '../../analysis/findings/compare-findings.ts';
import type { KnownFinding } from '../../analysis/findings/known-findings.ts';
import type { PackageComparison } from '../../diff/packages/compared-packages.ts';
import type { Known } from './image-details.ts';

/** What is worked out of two images once their files are compared. */
export interface PairDetails {
	readonly packages: PackageComparison;
	/** What became of the findings that need no contents; null where one side is a saved report. */
	readonly findings: readonly FindingChange<KnownFinding>[] | null;
}

export type PairDetailName = keyof PairDetails;

export type KnownPairDetails = { readonly [Name in PairDetailName]: Known<PairDetails[Name]> };

const waiting = { kind: 'waiting' } as const;

export const nothingOfPair: KnownPairDetails = { packages: waiting, findings: waiting };
