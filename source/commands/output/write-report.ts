import { FathomError } from '../../errors.ts';
import type { ByteSink } from '../../report/byte-stream.ts';
import type { ReportOptions } from '../../report/reporter.ts';
import { STANDARD_INPUT } from '../../sources/archive/standard-input-source.ts';
import { plain } from '../../text/paint.ts';
import type { CommandContext } from '../command.ts';
import { writeOutputFile } from './output-file.ts';

/**
 * Writes a report to the file that `--output` names, else to standard output; `isLog` says how the file is written. Throws `output` or `interrupted`.
 */
export async function writeReport(
	{ flags, signal, output, layout }: Pick<CommandContext, 'flags' | 'signal' | 'output' | 'layout'>,
	write: (sink: ByteSink, layout: ReportOptions) => Promise<void>,
	{ isLog }: Pick<ReportOptions, 'isLog'> = { isLog: true },
): Promise<void> {
	const path = flags.get('output') ?? STANDARD_INPUT;
	// The same dash that means standard input.
	if (path === STANDARD_INPUT) return write(stoppable(output, signal), layout);
	const fileLayout = { ...layout, width: null, paint: plain, isLog };
	await writeOutputFile({ path, signal, write: (sink) => write(sink, fileLayout) });
}

/** A long report to standard output ends when the user interrupts, not when it is through. */
function stoppable(sink: ByteSink, signal: AbortSignal): ByteSink {
	return {
		...sink,
		write: async (bytes) => {
			if (signal.aborted) throw new FathomError({ code: 'interrupted', message: 'Interrupted.' });
			await sink.write(bytes);
		},
	};
}
