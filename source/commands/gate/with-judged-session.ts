import type { AnswerName } from '../../analysis/answers.ts';
import { verdictData } from '../../gate/verdict-data.ts';
import { jsonReporter } from '../../report/json/report.ts';
import type { ImageSession } from '../../session/image-session.ts';
import { escapeForTerminal } from '../../text/escape.ts';
import type { CommandContext } from '../command.ts';
import { checkOutputs } from '../output/check-outputs.ts';
import { writeJsonFile } from '../output/json-file.ts';
import { withSession } from '../with-session.ts';
import { baselineFor, type JudgedImage, judgeSession } from './judge-session.ts';

/** What the rules say, and lines about what was done with it. */
export interface Judged extends JudgedImage {
	readonly remarks: readonly string[];
}

/**
 * Opens the baseline and the image, judges the image, writes the JSON reports that the flags ask for, with the verdict in them, and closes the
 * image when `use` is done. Throws `FathomError`.
 */
export async function withJudgedSession<Result>(
	context: CommandContext,
	needs: readonly AnswerName[],
	use: (session: ImageSession, judged: Judged) => Promise<Result>,
): Promise<Result> {
	// Before a baseline is read for nothing.
	await checkOutputs(context);
	const opened = await baselineFor(context);
	const saves = context.flags.has('save-baseline');
	const ahead = saves ? [...needs, ...jsonReporter.needs] : needs;
	return withSession(
		context,
		ahead,
		async (session) => {
			const judged = await judgeSession(session, context, opened);
			const remarks = await writeReports(session, judged, context);
			return use(session, { ...judged, remarks });
		},
		{ writesJson: false },
	);
}

async function writeReports(
	session: ImageSession,
	{ verdict, found, changes }: JudgedImage,
	context: CommandContext,
): Promise<readonly string[]> {
	const data = verdictData({
		verdict,
		baselineName: found === null ? null : context.settings.baseline,
		baseline: found?.baseline ?? null,
		changes,
		warnings: found?.warnings ?? [],
	});
	const layout = { ...context.layout, verdict: data };
	await writeJsonFile(session, { ...context, layout }, 'json');
	return saveBaseline(session, { ...context, layout }, verdict.passed);
}

/** An image that fails must not become what the next one is held against: so the gate would get weaker with every failure. */
async function saveBaseline(
	session: ImageSession,
	context: CommandContext,
	passed: boolean,
): Promise<readonly string[]> {
	const path = context.flags.get('save-baseline');
	if (path === undefined) return [];
	const { paint } = context.layout;
	const shown = escapeForTerminal(path);
	if (!passed)
		return [`${paint('warning', 'warning:')} the baseline was not saved to ${shown}, because a rule fails.`];
	await writeJsonFile(session, context, 'save-baseline');
	return [`${paint('faint', 'notice:')} the baseline was saved to ${shown}.`];
}
