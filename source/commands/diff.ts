import type { CommandContext, CommandResult } from './command.ts';
import { withKeyboard } from './explorer/with-keyboard.ts';
import { checkOutputs } from './output/check-outputs.ts';
import { differenceChoiceOf } from './pair/difference-choice.ts';
import { reportDifference, selectFrom } from './pair/report-difference.ts';
import { withImagePair } from './pair/with-image-pair.ts';

/**
 * Compares two images: in the explorer where there is a terminal for it, else as a report. Returns 1 where `--exit-code` asks for it. Throws
 * `FathomError`.
 */
export async function diff(context: CommandContext): Promise<CommandResult> {
	const choice = differenceChoiceOf(context.flags);
	await checkOutputs(context);
	if (!asksForText(context) && (await withKeyboard(context, (keys) => explore(context, keys)))) return 0;
	return withImagePair(context, async (images, difference) => {
		const selection = { ignore: choice.ignore, below: null };
		const selected = await selectFrom(difference, selection, context.signal);
		return reportDifference(images, selected, { choice, context });
	});
}

/** The flags that say what is printed, and so that nothing is to be drawn. */
const textFlags = ['format', 'output', 'json', 'full', 'only', 'patch', 'exit-code'];

function asksForText({ flags }: CommandContext): boolean {
	return textFlags.some((name) => flags.has(name));
}

async function explore(context: CommandContext, keys: NodeJS.ReadStream): Promise<void> {
	const { explorePair } = await import('./explorer/explore-pair.ts');
	await explorePair(context, keys);
}
