import { writeTextDifference } from '../report/diff/text/report.ts';
import type { CommandContext, CommandResult } from './command.ts';
import { reproducible } from './pair/reproducible.ts';
import { withImagePair } from './pair/with-image-pair.ts';

/** Compares two images and prints what differs. Throws `FathomError`. */
export async function diff(context: CommandContext): Promise<CommandResult> {
	const { output, layout, flags } = context;
	if (flags.get('reproducible') === 'true') return reproducible(context);
	await withImagePair(context, (images, difference) =>
		writeTextDifference({ images, difference }, output, layout),
	);
	return 0;
}
