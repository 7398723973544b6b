import { judge } from '../gate/judge.ts';
import { formatConclusion, formatResults } from '../gate/verdict-text.ts';
import { imageTitle } from '../report/text/figures.ts';
import { remarkSection } from '../report/text/remarks.ts';
import { formatSections } from '../report/text/report.ts';
import { wastedPathSection } from '../report/text/waste.ts';
import type { CommandContext, CommandResult } from './command.ts';
import { loadNamedImage } from './load-named-image.ts';

/** Holds an image against the rules and prints the verdict. Returns 1 when a rule fails. Throws `FathomError`. */
export async function ci(context: CommandContext): Promise<CommandResult> {
	const { settings, layout, output } = context;
	const loaded = await loadNamedImage(context, { showsDive: false });
	const verdict = judge(loaded, settings.limits);
	const text = formatSections([
		[imageTitle(loaded, layout)],
		formatResults(verdict, layout),
		wastedPathSection(loaded, layout),
		remarkSection(loaded, layout),
		[formatConclusion(verdict, layout.paint)],
	]);
	await output.write(Buffer.from(text));
	return verdict.passed ? 0 : 1;
}
