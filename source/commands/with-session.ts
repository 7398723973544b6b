import type { AnswerName } from '../analysis/answers.ts';
import { FathomError } from '../errors.ts';
import { jsonReporter } from '../report/json/report.ts';
import type { ImageSession } from '../session/image-session.ts';
import { openImage } from '../session/open-image.ts';
import type { Settings } from '../settings/settings.ts';
import type { CommandContext } from './command.ts';
import { checkOutputs } from './output/check-outputs.ts';
import { writeOutputFile } from './output/output-file.ts';
import { imageChoiceOf, sessionOptionsOf } from './session-options.ts';
import { untilInterrupted } from './until-interrupted.ts';

/**
 * Opens the image that was named, writes its JSON report where `--json` asks for it, and closes it when `use` is done. What `use` needs
 * beside the figures is worked out while the image is read. Throws `FathomError`.
 */
export async function withSession<Result>(
	context: CommandContext,
	needs: readonly AnswerName[],
	use: (session: ImageSession) => Promise<Result>,
): Promise<Result> {
	await checkOutputs(context);
	const { signal } = context;
	const ahead = [...new Set([...needs, ...jsonNeeds(context)])];
	const opening = openImage(imageChoiceOf(context), { ...sessionOptionsOf(context), ahead });
	try {
		const session = await untilInterrupted(opening.complete, signal);
		await finishOpening(session, context);
		return await use(session);
	} finally {
		await opening.close();
	}
}

/** What is done with every image once it is read. Throws `usage`, `output` or `interrupted`. */
export async function finishOpening(session: ImageSession, context: CommandContext): Promise<void> {
	rejectLargeBase(session, context.settings);
	await writeJsonFile(session, context);
}

/** A base of more layers than there are would leave nothing to judge, and every image would pass. */
function rejectLargeBase({ figures }: ImageSession, { baseLayerCount }: Settings): void {
	const layerCount = figures.layers.length;
	if (baseLayerCount === null || baseLayerCount <= layerCount) return;
	throw new FathomError({
		code: 'usage',
		message: `--base ${baseLayerCount}: the image has only ${layerCount} ${layerCount === 1 ? 'layer' : 'layers'}.`,
		hint: `--base with a number from 0 to ${layerCount}.`,
	});
}

function jsonNeeds({ flags }: CommandContext): readonly AnswerName[] {
	return flags.has('json') ? jsonReporter.needs : [];
}

/** Writes the JSON report to the file that `--json` names, if it does. */
async function writeJsonFile(
	session: ImageSession,
	{ flags, layout, signal }: CommandContext,
): Promise<void> {
	const path = flags.get('json');
	if (path === undefined) return;
	await writeOutputFile({ path, signal, write: (sink) => jsonReporter.write(session, sink, layout) });
}
