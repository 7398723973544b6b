import { FathomError } from '../errors.ts';
import { judge } from '../gate/judge.ts';
import { needsOfRules } from '../gate/rules.ts';
import { formatConclusion, formatResults } from '../gate/verdict-text.ts';
import { absentLayers, nameLayers } from '../image/image.ts';
import { imageTitle } from '../report/text/figures.ts';
import { remarkSection } from '../report/text/remarks.ts';
import { formatSections } from '../report/text/report.ts';
import { wastedPathSection } from '../report/text/waste.ts';
import type { ImageSession } from '../session/image-session.ts';
import type { Settings } from '../settings/settings.ts';
import type { CommandContext, CommandResult } from './command.ts';
import { withSession } from './with-session.ts';

/** Judges an image by the rules and prints the verdict. Returns 1 when a rule fails. Throws `FathomError`. */
export function ci(context: CommandContext): Promise<CommandResult> {
	const { settings, layout, output } = context;
	const needs = needsOfRules();
	return withSession(context, needs, async (session) => {
		const { tree, figures } = session;
		requireAllLayers(session, settings);
		const answers = await session.ask(needs);
		const verdict = judge({ tree, figures, answers }, settings.limits);
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

/** Figures that are without a layer may not decide. Throws `missing`. */
function requireAllLayers({ image }: ImageSession, { allowMissingLayers }: Settings): void {
	const absent = absentLayers(image.description);
	if (absent.length === 0 || allowMissingLayers) return;
	const [is, are] = absent.length === 1 ? ['is', 'it'] : ['are', 'them'];
	throw new FathomError({
		code: 'missing',
		message: `${image.reference}: ${nameLayers(absent)} ${is} kept elsewhere by design and not here, so that the image cannot be checked.`,
		hint: `--allow-missing-layers checks the image without ${are}.`,
	});
}
