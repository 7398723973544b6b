import { FathomError } from '../errors.ts';
import type { Reporter } from '../report/reporter.ts';
import { reporters } from '../report/reporters.ts';
import type { CommandContext, CommandResult } from './command.ts';
import { writeReport } from './output/write-report.ts';
import { withSession } from './with-session.ts';

/** Writes the report of an image in one format, to a file or to standard output. Throws `FathomError`. */
export async function report(context: CommandContext): Promise<CommandResult> {
	const reporter = chooseReporter(context.flags.get('format'));
	await withSession(context, reporter.needs, (session) =>
		writeReport(context, (sink, layout) => reporter.write(session, sink, layout)),
	);
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
