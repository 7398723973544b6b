import { needsOfRules } from '../gate/rules.ts';
import { formatConclusion, formatResults } from '../gate/verdict-text.ts';
import { imageTitle } from '../report/text/figures.ts';
import { remarkSection } from '../report/text/remarks.ts';
import { formatSections } from '../report/text/report.ts';
import { wastedPathSection } from '../report/text/waste.ts';
import type { CommandContext, CommandResult } from './command.ts';
import { judgeSession } from './judge-session.ts';
import { withSession } from './with-session.ts';

/** Judges an image by the rules and prints the verdict. Returns 1 when a rule fails. Throws `FathomError`. */
export function ci(context: CommandContext): Promise<CommandResult> {
	const { settings, layout, output } = context;
	const needs = needsOfRules();
	return withSession(context, needs, async (session) => {
		const verdict = await judgeSession(session, settings);
		const text = formatSections(
			[
				[imageTitle(session, layout)],
				formatResults(verdict, layout),
				wastedPathSection(session, layout),
				remarkSection(session, layout),
				[formatConclusion(verdict, layout.paint)],
			],
			layout,
		);
		await output.write(Buffer.from(text));
		return verdict.passed ? 0 : 1;
	});
}
