import type { FindingChange } from '../../analysis/findings/compare-findings.ts';
import type { KnownFinding } from '../../analysis/findings/known-findings.ts';
import type { DifferencePart } from '../../diff/differing-parts.ts';
import type { ImageDifference } from '../../diff/image-difference.ts';
import type { RankedDifferences } from '../../diff/listing/rank-differences.ts';
import type { Both } from '../../diff/merge/merge-structure.ts';
import type { PackageComparison } from '../../diff/packages/compared-packages.ts';
import type { ByteSink } from '../byte-stream.ts';
import type { Reportable, ReportOptions } from '../reporter.ts';

/** One of the two images, as a report of their difference needs it. */
export type ComparedReportable = Pick<Reportable, 'image' | 'tree' | 'figures'>;

/** Two images and what differs between them, as a report needs it. */
export interface DifferenceInput {
	readonly images: Both<ComparedReportable>;
	readonly difference: ImageDifference;
	/** Null where they are not reported. */
	readonly packages: PackageComparison | null;
	/** The greatest differences, as many as the reporter asked for. */
	readonly greatest: RankedDifferences;
	/** What became of the findings that need no contents; null where those of a side are not known. */
	readonly findings: readonly FindingChange<KnownFinding>[] | null;
}

/** Paths that alone count in a report. */
export interface PathSelection {
	/** The folder that they are in, safe for a terminal; null for all paths. */
	readonly below: string | null;
	/** Globs of paths that are left out. */
	readonly ignore: readonly string[];
}

export interface DifferenceOptions extends ReportOptions {
	/** What is reported. */
	readonly parts: ReadonlySet<DifferencePart>;
	/** Which paths are reported. */
	readonly selection: PathSelection;
	/** Whether all paths, packages and findings that differ are listed, not only the greatest differences. */
	readonly isFull: boolean;
}

/** One format of the report of a difference. Adding one is a file with one of these and a line in the list. */
export interface DifferenceReporter<Format extends string = string> {
	readonly format: Format;
	/** How many of the greatest differences it lists. */
	readonly greatestCount: (options: Pick<DifferenceOptions, 'isFull'>) => number;
	/** Writes the report from its beginning to its end. Throws what the sink throws. */
	readonly write: (input: DifferenceInput, sink: ByteSink, options: DifferenceOptions) => Promise<void>;
}
