import { differingParts } from '../../diff/differing-parts.ts';
import type { ImageDifference } from '../../diff/image-difference.ts';
import { rankDifferences } from '../../diff/listing/rank-differences.ts';
import { type Selection, selectDifferences } from '../../diff/listing/select-differences.ts';
import type { Both } from '../../diff/merge/merge-structure.ts';
import type { ByteSink } from '../../report/byte-stream.ts';
import type { ComparedReportable, DifferenceReporter } from '../../report/diff/compared.ts';
import { jsonDifferenceReporter } from '../../report/diff/json/report.ts';
import type { ReportOptions } from '../../report/reporter.ts';
import { runInSlices } from '../../sources/time-slice.ts';
import type { CommandContext, CommandResult } from '../command.ts';
import { writeOutputFile } from '../output/output-file.ts';
import { writeReport } from '../output/write-report.ts';
import type { DifferenceChoice } from './difference-choice.ts';

/** The difference with the selected paths alone. Throws `interrupted`. */
export async function selectFrom(
	difference: ImageDifference,
	selection: Selection,
	signal: AbortSignal,
): Promise<ImageDifference> {
	return { ...difference, files: await runInSlices(selectDifferences(difference, selection), signal) };
}

export interface ReportedChoice extends DifferenceChoice {
	/** The folder that alone is reported, safe for a terminal; null for all paths. */
	readonly below: string | null;
}

/** Writes what differs between two images in the format that was asked for, and as JSON to the file that `--json` names. Throws `FathomError`. */
export async function reportDifference(
	images: Both<ComparedReportable>,
	difference: ImageDifference,
	{ choice, context }: { readonly choice: ReportedChoice; readonly context: CommandContext },
): Promise<void> {
	const { signal, flags, layout } = context;
	const { reporter, parts, isFull, ignore, below } = choice;
	const selection = { ignore, below };
	const most = reporter.greatestCount({ isFull });
	const greatest = await runInSlices(rankDifferences(difference, { most, foldsFolders: !isFull }), signal);
	const write = ({ write }: DifferenceReporter, sink: ByteSink, options: ReportOptions): Promise<void> =>
		write({ images, difference, greatest }, sink, { ...options, parts, isFull, selection });
	const path = flags.get('json');
	if (path !== undefined)
		await writeOutputFile({ path, signal, write: (sink) => write(jsonDifferenceReporter, sink, layout) });
	await writeReport(context, (sink, options) => write(reporter, sink, options));
}

/** 1 where `--exit-code` asks for it and something differs in what is reported, or is not known to be equal. */
export function exitCodeOf(
	difference: ImageDifference,
	{ parts, hasExitCode }: Pick<DifferenceChoice, 'parts' | 'hasExitCode'>,
): CommandResult {
	const differing = differingParts(difference);
	const differs = (['files', 'layers', 'config'] as const).some(
		(part) => parts.has(part) && differing[part] !== false,
	);
	return hasExitCode && differs ? 1 : 0;
}
