import { writeTextDifference } from '../report/diff/text/report.ts';
import type { CommandContext, CommandResult } from './command.ts';
import { withKeyboard } from './explorer/with-keyboard.ts';
import { withImagePair } from './pair/with-image-pair.ts';

/** Compares two images: in the explorer where there is a terminal for it, else as text. Throws `FathomError`. */
export async function diff(context: CommandContext): Promise<CommandResult> {
	const { output, layout } = context;
	if (!asksForText(context) && (await withKeyboard(context, (keys) => explore(context, keys)))) return 0;
	await withImagePair(context, (images, difference) =>
		writeTextDifference({ images, difference }, output, layout),
	);
	return 0;
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
