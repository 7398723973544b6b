import { FathomError } from '../errors.ts';
import type { ByteSink } from '../report/byte-stream.ts';
import type { Reporter } from '../report/reporter.ts';
import { reporters } from '../report/reporters.ts';
import { plain } from '../text/paint.ts';
import type { CommandContext, CommandResult } from './command.ts';
import { writeOutputFile } from './output/output-file.ts';
import { withSession } from './with-session.ts';

/** Writes the report of an image in one format, to a file or to standard output. Throws `FathomError`. */
export async function report(context: CommandContext): Promise<CommandResult> {
	const { flags, signal, output, layout } = context;
	const reporter = chooseReporter(flags.get('format'));
	const path = flags.get('output') ?? '-';
	await withSession(context, reporter.needs, async (session) => {
		if (path === '-') return reporter.write(session, stoppable(output, signal), layout);
		const fileLayout = { ...layout, width: null, paint: plain, isLog: true };
		await writeOutputFile({ path, signal, write: (sink) => reporter.write(session, sink, fileLayout) });
	});
	return 0;
}

function chooseReporter(format: string | undefined): Reporter {
	if (format === undefined) return reporters[0];
	const found = reporters.find((reporter) => reporter.format === format);
	if (found !== undefined) return found;
	throw new FathomError({
		code: 'usage',
		message: `--format: expected ${reporters.map((reporter) => reporter.format).join(' or ')}, got ${JSON.stringify(format)}.`,
	});
}

/** A long report to standard output ends when the user interrupts, not when it is through. */
function stoppable(sink: ByteSink, signal: AbortSignal): ByteSink {
	return {
		write: async (bytes) => {
			if (signal.aborted) throw new FathomError({ code: 'interrupted', message: 'Interrupted.' });
			await sink.write(bytes);
		},
	};
}
