import type { CommandContext, CommandResult } from './command.ts';
import { withKeyboard } from './explorer/with-keyboard.ts';
import { checkOutputs } from './output/check-outputs.ts';
import { writeReport } from './output/write-report.ts';
import { differenceChoiceOf } from './pair/difference-choice.ts';
import { choosePath } from './pair/patch/choose-paths.ts';
import { exitCodeOf, reportDifference, selectFrom } from './pair/report-difference.ts';
import { reproducible } from './pair/reproducible.ts';
import { withImagePair } from './pair/with-image-pair.ts';

/**
 * Compares two images: in the explorer where there is a terminal for it, else as a report, or as the unified diff of a file or of all
 * files. Returns 1 where `--exit-code` asks for it. Throws `FathomError`.
 */
export async function diff(context: CommandContext): Promise<CommandResult> {
	const { path, flags, signal } = context;
	if (flags.get('reproducible') === 'true') return reproducible(context);
	const choice = differenceChoiceOf(context);
	await checkOutputs(context);
	if (!asksForText(context) && (await withKeyboard(context, (keys) => explore(context, keys)))) return 0;
	return withImagePair(context, async (images, difference) => {
		const pair = { images, difference };
		const chosen = path === null ? null : await choosePath(path, pair, signal);
		const { ignore } = choice;
		const selected = await selectFrom(difference, { ignore, below: chosen?.node ?? null }, signal);
		if (flags.get('patch') !== 'true' && chosen?.isFolder !== false) {
			await reportDifference(images, selected, { choice, context });
		} else {
			const { patchOf } = await import('./pair/patch/patch-of.ts');
			// Text in a file may get into a log later; a patch in a file is to be exact.
			await writeReport(context, patchOf(pair, { chosen, ignore, signal }), { isLog: false });
		}
		return exitCodeOf(selected, choice);
	});
}

/** The flags that say what is printed, and so that nothing is to be drawn. */
const textFlags = ['format', 'output', 'json', 'full', 'only', 'ignore', 'patch', 'exit-code', 'strict'];

function asksForText({ flags, path }: CommandContext): boolean {
	return path !== null || textFlags.some((name) => flags.has(name));
}

async function explore(context: CommandContext, keys: NodeJS.ReadStream): Promise<void> {
	const { explorePair } = await import('./explorer/explore-pair.ts');
	await explorePair(context, keys);
}
