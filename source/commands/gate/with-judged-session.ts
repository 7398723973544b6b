import type { AnswerName } from '../../analysis/answers.ts';
import { factsOfFindings } from '../../analysis/findings/facts-of-findings.ts';
import { contentsOfRules } from '../../gate/rules.ts';
import { verdictData } from '../../gate/verdict-data.ts';
import { jsonReporter } from '../../report/json/report.ts';
import type { ReportOptions } from '../../report/reporter.ts';
import { plainSections } from '../../report/sections.ts';
import type { ImageSession } from '../../session/image-session.ts';
import type { Settings } from '../../settings/settings.ts';
import type { FactGroup } from '../../tar/changeset.ts';
import { escapePath } from '../../text/escape.ts';
import type { CommandContext } from '../command.ts';
import { checkOutputs } from '../output/check-outputs.ts';
import { writeJsonFile } from '../output/json-file.ts';
import { withSession } from '../with-session.ts';
import { baselineFor, type JudgedImage, judgeSession } from './judge-session.ts';
import { readsContents } from './judged-findings.ts';
import { warnOfUnused } from './unused-acceptances.ts';

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
	const answers = saves ? [...needs, ...jsonReporter.needs(plainSections)] : needs;
	return withSession(
		context,
		{ answers, facts: factsOf(context.settings) },
		async (session) => {
			const judged = await judgeSession(session, context, opened);
			warnOfUnused(judged.findings, context);
			const remarks = await writeReports(session, judged, context);
			return use(session, { ...judged, remarks });
		},
		{ writesJson: false },
	);
}

/** What is read from contents for the rules that are on. */
function factsOf(settings: Settings): readonly FactGroup[] {
	const ofFindings: readonly FactGroup[] = readsContents(settings) ? factsOfFindings : [];
	return [...new Set([...contentsOfRules(settings.limits), ...ofFindings])];
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
	const verdictContents = contentsOfRules(context.settings.limits);
	const layout = { ...context.layout, verdict: data, verdictContents };
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
	const shown = escapePath(path);
	if (!passed)
		return [`${paint('warning', 'warning:')} the baseline was not saved to ${shown}, because a rule fails.`];
	const layout = { ...context.layout, ...baselineParts(context.settings) };
	await writeJsonFile(session, { ...context, layout }, 'save-baseline');
	return [`${paint('faint', 'notice:')} the baseline was saved to ${shown}.`];
}

/** What the next image may be held against. */
function baselineParts(
	settings: Settings,
): Pick<ReportOptions, 'sections' | 'accepted' | 'findingsWithContents'> {
	return {
		sections: new Set([...plainSections, 'findings']),
		accepted: settings.accepted,
		findingsWithContents: readsContents(settings),
	};
}
