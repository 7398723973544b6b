import type { ByteSink } from '../report/byte-stream.ts';
import { writeTextDifference } from '../report/diff/text/report.ts';
import type { ReportOptions } from '../report/reporter.ts';
import { plain } from '../text/paint.ts';
import type { CommandContext, CommandResult } from './command.ts';
import { checkOutputs } from './output/check-outputs.ts';
import { writeOutputFile } from './output/output-file.ts';
import { withImagePair } from './pair/with-image-pair.ts';

/** Compares two images and prints what differs: of a file, and with `--patch` of all files, the unified diff. Throws `FathomError`. */
export async function diff(context: CommandContext): Promise<CommandResult> {
	for (const { reference } of [context, context.newImage ?? context])
		await checkOutputs({ ...context, reference });
	await withImagePair(context, async (images, difference) => {
		const pair = { images, difference };
		const patch = await patchWriter(pair, context);
		if (patch !== null) await writeOutput(context, { isLog: false, write: patch });
		else
			await writeOutput(context, {
				isLog: true,
				write: (sink, options) => writeTextDifference(pair, sink, options),
			});
	});
	return 0;
}

/** Text in a file may get into a log later; a patch in a file is to be exact. */
type FileOutput = Pick<ReportOptions, 'isLog'> & { readonly write: Write };
type Write = (sink: ByteSink, options: ReportOptions) => Promise<void>;
type ComparedPair = Parameters<typeof writeTextDifference>[0] &
	Parameters<typeof import('./pair/patch/patch-of.ts').patchOf>[0];

/** null where neither the path nor a flag asks for unified diffs. What makes them is loaded where it is needed. */
async function patchWriter(
	pair: ComparedPair,
	{ path, flags, signal }: CommandContext,
): Promise<Write | null> {
	const isAsked = flags.get('patch') === 'true';
	if (!isAsked && path === null) return null;
	const { patchOf } = await import('./pair/patch/patch-of.ts');
	return patchOf(pair, { path, isAsked, signal });
}

/** Writes to standard output, or to the file that was named. */
async function writeOutput(
	{ flags, output, layout, signal }: CommandContext,
	{ isLog, write }: FileOutput,
): Promise<void> {
	const path = flags.get('output') ?? '-';
	if (path === '-') return write(output, layout);
	const fileLayout = { ...layout, width: null, paint: plain, isLog };
	await writeOutputFile({ path, signal, write: (sink) => write(sink, fileLayout) });
}
