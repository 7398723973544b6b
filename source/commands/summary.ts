import { needsOfRules } from '../gate/rules.ts';
import { formatConclusion } from '../gate/verdict-text.ts';
import { plainSections } from '../report/sections.ts';
import { formatSections, textReporter } from '../report/text/report.ts';
import type { CommandContext, CommandResult } from './command.ts';
import { verdictRemarks, verdictSections } from './gate/gate-text.ts';
import { greatestFindings } from './gate/greatest-findings.ts';
import { withJudgedSession } from './gate/with-judged-session.ts';
import { withSession } from './with-session.ts';

/** Prints the summary of an image. Throws `FathomError`. */
export async function summary(context: CommandContext): Promise<CommandResult> {
	await withSession(context, { answers: textReporter.needs(plainSections), facts: [] }, (session) =>
		textReporter.write(session, context.output, context.layout),
	);
	return 0;
}

/** Prints the summary of an image, then how it does by the rules. Returns 1 when a rule fails. Throws `FathomError`. */
export function judgedSummary(context: CommandContext): Promise<CommandResult> {
	const { layout, output } = context;
	const needs = needsOfRules();
	return withJudgedSession(
		context,
		[...textReporter.needs(plainSections), ...needs],
		async (session, judged) => {
			const { verdict, remarks } = judged;
			await textReporter.write(session, output, layout);
			const sections = [
				...verdictSections(session, judged, layout),
				greatestFindings(judged.findings, layout),
				[...verdictRemarks(judged, layout), ...remarks],
				[formatConclusion(verdict, layout.paint)],
			];
			await output.write(Buffer.from(`\n${formatSections(sections, layout)}`));
			return verdict.passed ? 0 : 1;
		},
	);
}
