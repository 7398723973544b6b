import { FathomError } from '../errors.ts';
import type { FactGroup } from '../tar/changeset.ts';
import type { CommandContext, CommandResult } from './command.ts';
import type { ShownFirst } from './explorer/opened-difference.ts';
import { withKeyboard } from './explorer/with-keyboard.ts';
import { checkOutputs } from './output/check-outputs.ts';
import { writeReport } from './output/write-report.ts';
import { differenceChoiceOf } from './pair/difference-choice.ts';
import { type ChosenPath, choosePath } from './pair/patch/choose-paths.ts';
import { exitCodeOf, packagesFor, reportDifference, selectFrom } from './pair/report-difference.ts';
import { reproducible } from './pair/reproducible.ts';
import { withImagePair } from './pair/with-image-pair.ts';

/**
 * Compares two images: in the explorer where there is a terminal for it, else as a report, or as the unified diff of a file or of all
 * files. Returns 1 where `--exit-code` asks for it. Throws `FathomError`.
 */
export async function diff(context: CommandContext): Promise<CommandResult> {
	const { paths, flags, signal } = context;
	const path = paths.at(0) ?? null;
	if (flags.get('reproducible') === 'true') return reproducible(context);
	const choice = differenceChoiceOf(context);
	await checkOutputs(context);
	if (flags.get('patch') === 'true') rejectReportFlags(flags, null);
	const { ignore } = choice;
	const [part] = choice.parts;
	const isExplored = !asksForText(context);
	// Whether a path is that of a folder is known once both images are read.
	if (isExplored && path === null && (await explore(context, { ignore, part }))) return 0;
	const isPatch = flags.get('patch') === 'true';
	const facts: readonly FactGroup[] = choice.parts.has('packages') && !isPatch ? ['packages'] : [];
	return withImagePair({ ...context, facts }, async (images, difference) => {
		const pair = { images, difference };
		const chosen = path === null ? null : await choosePath(path, pair, signal);
		if (isExplored && chosen?.isFolder === true) {
			const { exploreDifference } = await import('./explorer/explore-pair.ts');
			if (await exploreDifference(pair, context, { ignore, part, folder: chosen.node })) return 0;
		}
		const selected = await selectFrom(difference, { ignore, below: chosen?.node ?? null }, signal);
		if (isPatch || chosen?.isFolder === false) {
			rejectReportFlags(flags, chosen);
			const { patchOf } = await import('./pair/patch/patch-of.ts');
			// Text in a file may get into a log later; a patch in a file is to be exact.
			await writeReport(context, patchOf(pair, { chosen, ignore, signal }), { isLog: false });
			return exitCodeOf({ difference: selected, packages: null }, choice);
		}
		const below = chosen === null || chosen.node === 0 ? null : chosen.text;
		const packages = await packagesFor(images, difference, choice, context);
		const reported = { difference: selected, packages };
		await reportDifference(images, reported, { choice: { ...choice, below }, context });
		return exitCodeOf(reported, choice);
	});
}

/** The flags that say what is printed, and so that nothing is to be drawn. */
const textFlags = ['format', 'output', 'json', 'full', 'patch', 'exit-code', 'strict'];

function asksForText({ flags }: CommandContext): boolean {
	return textFlags.some((name) => flags.has(name));
}

/** A patch is no report, and would leave out what they ask for without a word. Throws `usage`. */
function rejectReportFlags(flags: CommandContext['flags'], file: ChosenPath | null): void {
	const given = ['format', 'json', 'full', 'only', 'strict'].find((name) => flags.has(name));
	if (given === undefined) return;
	const patch =
		file === null || flags.get('patch') === 'true' ? '--patch' : `the path of a file, ${file.text},`;
	throw new FathomError({
		code: 'usage',
		message: `--${given} cannot be used with ${patch} because a patch is printed then.`,
		hint: 'Leave out one of them.',
	});
}

function explore(context: CommandContext, shownFirst: ShownFirst): Promise<boolean> {
	return withKeyboard(context, async (keys) => {
		const { explorePair } = await import('./explorer/explore-pair.ts');
		await explorePair(context, keys, shownFirst);
	});
}
