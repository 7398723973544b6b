import { reporters } from '../report/reporters.ts';
import { factsOfSections, reportSections } from '../report/sections.ts';
import { wordOf, wordsOf } from './chosen-words.ts';
import type { CommandContext, CommandResult } from './command.ts';
import { warnOfUnused } from './gate/unused-acceptances.ts';
import { writeReport } from './output/write-report.ts';
import { withSession } from './with-session.ts';

/** Writes the report of an image in one format, to a file or to standard output. Throws `FathomError`. */
export async function report(context: CommandContext): Promise<CommandResult> {
	const { flags, settings } = context;
	const copiesFromBytes = settings.copiesBytes ?? 0;
	const formats = reporters.map(({ format }) => format);
	const reporter = reporters[formats.indexOf(wordOf(formats, 'format', flags.get('format') ?? formats[0]))];
	const sections = wordsOf(reportSections, 'only', flags.get('only'));
	const needs = { answers: reporter.needs(sections), facts: factsOfSections(sections) };
	const { accepted } = settings;
	await withSession(context, needs, async (session) => {
		await writeReport(context, (sink, layout) =>
			reporter.write(session, sink, { ...layout, sections, copiesFromBytes, accepted }),
		);
		if (accepted.length === 0 || !sections.has('findings')) return;
		const choice = { withContents: true, accepted };
		warnOfUnused(await session.details.findings(choice, { signal: context.signal }), context);
	});
	return 0;
}
