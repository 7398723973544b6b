import { comparedParts, differingParts } from '../../diff/differing-parts.ts';
import type { ImageDifference } from '../../diff/image-difference.ts';
import { rankDifferences } from '../../diff/listing/rank-differences.ts';
import { type Selection, selectDifferences } from '../../diff/listing/select-differences.ts';
import type { Both } from '../../diff/merge/merge-structure.ts';
import type { PackageComparison } from '../../diff/packages/compared-packages.ts';
import type { ByteSink } from '../../report/byte-stream.ts';
import type { DifferenceReporter } from '../../report/diff/compared.ts';
import { jsonDifferenceReporter } from '../../report/diff/json/report.ts';
import type { ReportOptions } from '../../report/reporter.ts';
import { comparePackagesOf } from '../../session/pair/compare-packages.ts';
import { runInSlices } from '../../sources/time-slice.ts';
import type { CommandContext, CommandResult } from '../command.ts';
import { writeOutputFile } from '../output/output-file.ts';
import { writeReport } from '../output/write-report.ts';
import type { DifferenceChoice } from './difference-choice.ts';
import { findingChanges } from './finding-changes.ts';
import type { OpenedSide } from './open-side.ts';

/** The difference with the selected paths alone. Throws `interrupted`. */
export async function selectFrom(
	difference: ImageDifference,
	selection: Selection,
	signal: AbortSignal,
): Promise<ImageDifference> {
	return { ...difference, files: await runInSlices(selectDifferences(difference, selection), signal) };
}

/** What is compared with a difference that is reported. */
export interface ReportedDifference {
	/** With the selected paths alone. */
	readonly difference: ImageDifference;
	readonly packages: PackageComparison | null;
}

/** Compares the packages where they are to be reported; else null. Throws `FathomError`. */
export async function packagesFor(
	images: Both<OpenedSide>,
	difference: ImageDifference,
	{ parts }: Pick<DifferenceChoice, 'parts'>,
	{ signal }: Pick<CommandContext, 'signal'>,
): Promise<PackageComparison | null> {
	if (!parts.has('packages')) return null;
	return comparePackagesOf(images, difference, { signal });
}

export interface ReportedChoice extends DifferenceChoice {
	/** The folder that alone is reported, safe for a terminal; null for all paths. */
	readonly below: string | null;
}

/** Writes what differs between two images in the format that was asked for, and as JSON to the file that `--json` names. Throws `FathomError`. */
export async function reportDifference(
	images: Both<OpenedSide>,
	{ difference, packages }: ReportedDifference,
	{ choice, context }: { readonly choice: ReportedChoice; readonly context: CommandContext },
): Promise<void> {
	const { signal, flags, layout } = context;
	const { reporter, parts, isFull, ignore, below } = choice;
	const selection = { ignore, below };
	const most = reporter.greatestCount({ isFull });
	const greatest = await runInSlices(rankDifferences(difference, { most, foldsFolders: !isFull }), signal);
	const findings = parts.has('figures') ? await findingChanges(images, signal) : null;
	const write = ({ write }: DifferenceReporter, sink: ByteSink, options: ReportOptions): Promise<void> =>
		write({ images, difference, packages, greatest, findings }, sink, {
			...options,
			parts,
			isFull,
			selection,
		});
	const path = flags.get('json');
	if (path !== undefined)
		await writeOutputFile({ path, signal, write: (sink) => write(jsonDifferenceReporter, sink, layout) });
	await writeReport(context, (sink, options) => write(reporter, sink, options));
}

/** 1 where `--exit-code` asks for it and something differs in what is reported, or is not known to be equal. */
export function exitCodeOf(
	{ difference, packages }: ReportedDifference,
	{ parts, hasExitCode }: Pick<DifferenceChoice, 'parts' | 'hasExitCode'>,
): CommandResult {
	const differing = differingParts(difference, packages);
	const differs = comparedParts(parts).some((part) => differing[part] !== false);
	return hasExitCode && differs ? 1 : 0;
}
