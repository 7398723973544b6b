import { needsOfRules } from '../gate/rules.ts';
import { formatConclusion } from '../gate/verdict-text.ts';
import { imageTitle } from '../report/text/figures.ts';
import { remarkSection } from '../report/text/remarks.ts';
import { formatSections } from '../report/text/report.ts';
import { wastedPathSection } from '../report/text/waste.ts';
import type { CommandContext, CommandResult } from './command.ts';
import { sizeLines, verdictRemarks, verdictSections } from './gate/gate-text.ts';
import { greatestFindings } from './gate/greatest-findings.ts';
import { withJudgedSession } from './gate/with-judged-session.ts';

/** Judges an image by the rules and prints the verdict. Returns 1 when a rule fails. Throws `FathomError`. */
export function ci(context: CommandContext): Promise<CommandResult> {
	const { settings, layout, output } = context;
	return withJudgedSession(context, needsOfRules(), async (session, judged) => {
		const { verdict, remarks } = judged;
		const text = formatSections(
			[
				[imageTitle(session, layout), ...sizeLines(session, judged, settings, layout)],
				...verdictSections(session, judged, layout),
				greatestFindings(judged.findings, layout),
				wastedPathSection(session, layout),
				[...verdictRemarks(judged, layout), ...remarkSection(session, layout), ...remarks],
				[formatConclusion(verdict, layout.paint)],
			],
			layout,
		);
		await output.write(Buffer.from(text));
		return verdict.passed ? 0 : 1;
	});
}
