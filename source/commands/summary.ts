import { needsOfRules } from '../gate/rules.ts';
import { formatConclusion, formatResults } from '../gate/verdict-text.ts';
import { formatSections, textReporter } from '../report/text/report.ts';
import type { CommandContext, CommandResult } from './command.ts';
import { judgeSession } from './judge-session.ts';
import { withSession } from './with-session.ts';

/** Prints the summary of an image. Throws `FathomError`. */
export async function summary(context: CommandContext): Promise<CommandResult> {
	await withSession(context, textReporter.needs, (session) =>
		textReporter.write(session, context.output, context.layout),
	);
	return 0;
}

/** Prints the summary of an image, then how it does by the rules. Returns 1 when a rule fails. Throws `FathomError`. */
export function judgedSummary(context: CommandContext): Promise<CommandResult> {
	const { settings, layout, output } = context;
	const needs = needsOfRules();
	return withSession(context, [...textReporter.needs, ...needs], async (session) => {
		await textReporter.write(session, output, layout);
		const verdict = await judgeSession(session, settings);
		const sections = [formatResults(verdict, layout), [formatConclusion(verdict, layout.paint)]];
		await output.write(Buffer.from(`\n${formatSections(sections, layout)}`));
		return verdict.passed ? 0 : 1;
	});
}
