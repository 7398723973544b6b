import type { CommandContext, CommandResult } from './command.ts';
import { checkOutputs } from './output/check-outputs.ts';
import { differenceChoiceOf } from './pair/difference-choice.ts';
import { reportDifference, selectFrom } from './pair/report-difference.ts';
import { withImagePair } from './pair/with-image-pair.ts';

/** Compares two images and writes what differs. Returns 1 where `--exit-code` asks for it. Throws `FathomError`. */
export async function diff(context: CommandContext): Promise<CommandResult> {
	const choice = differenceChoiceOf(context.flags);
	await checkOutputs(context);
	return withImagePair(context, async (images, difference) => {
		const selection = { ignore: choice.ignore, below: null };
		const selected = await selectFrom(difference, selection, context.signal);
		return reportDifference(images, selected, { choice, context });
	});
}
