import type { AnswerName } from '../analysis/answers.ts';
import { tooManyLayers } from '../analysis/base.ts';
import { FathomError } from '../errors.ts';
import { jsonReporter } from '../report/json/report.ts';
import { plainSections } from '../report/sections.ts';
import type { ImageSession } from '../session/image-session.ts';
import { openImage } from '../session/open-image.ts';
import type { FactGroup } from '../tar/changeset.ts';
import type { CommandContext } from './command.ts';
import { checkOutputs } from './output/check-outputs.ts';
import { writeJsonFile } from './output/json-file.ts';
import { ProgressLine } from './output/progress-line.ts';
import { showContents, showReading } from './output/reading-line.ts';
import { untilInterrupted } from './running/until-interrupted.ts';
import { imageChoiceOf, sessionOptionsOf } from './session-options.ts';

/** What is asked of an image beside its figures. */
export interface SessionNeeds {
	readonly answers: readonly AnswerName[];
	readonly facts: readonly FactGroup[];
}

/**
 * Opens the image that was named, writes its JSON report where `--json` asks for it unless `use` does that, and closes it when `use` is done.
 * What `use` needs beside the figures is worked out while the image is read. Throws `FathomError`.
 */
export async function withSession<Result>(
	context: CommandContext,
	{ answers, facts }: SessionNeeds,
	use: (session: ImageSession) => Promise<Result>,
	{ writesJson = true }: { readonly writesJson?: boolean } = {},
): Promise<Result> {
	await checkOutputs(context);
	const { signal } = context;
	const ahead = [...new Set([...answers, ...jsonNeeds(context)])];
	const line = new ProgressLine(context);
	const onContents = (done: number, total: number): void => showContents(done, total, line);
	const options = { ...sessionOptionsOf(context), ahead, facts, onContents };
	const opening = openImage(imageChoiceOf(context), options);
	showReading(opening.stages, line);
	try {
		const session = await untilInterrupted(opening.complete, signal);
		line.clear();
		rejectLargeBase(session, context);
		if (writesJson) await writeJsonFile(session, context, 'json');
		return await use(session);
	} finally {
		line.clear();
		await opening.close();
	}
}

/** What is done with every image once it is read. Throws `usage`, `output` or `interrupted`. */
export async function finishOpening(session: ImageSession, context: CommandContext): Promise<void> {
	rejectLargeBase(session, context);
	await writeJsonFile(session, context, 'json');
}

/** A base of more layers than there are would leave nothing to judge, and every image would pass. */
function rejectLargeBase({ figures }: ImageSession, { base }: Pick<CommandContext, 'base'>): void {
	const layerCount = figures.layers.length;
	if (base?.kind !== 'layers' || base.isOptional === true || base.count <= layerCount) return;
	throw new FathomError({
		code: 'usage',
		message: `${tooManyLayers(base, layerCount)}.`,
		hint: `--base with a number from 0 to ${layerCount}.`,
	});
}

function jsonNeeds({ flags }: CommandContext): readonly AnswerName[] {
	return flags.has('json') ? jsonReporter.needs(plainSections) : [];
}
