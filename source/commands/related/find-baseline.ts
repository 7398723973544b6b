import { FathomError } from '../../errors.ts';
import type { Baseline } from '../../gate/baseline/baseline.ts';
import type { ImageSession } from '../../session/image-session.ts';
import type { CommandContext } from '../command.ts';
import { withBaseOf } from './baseline-base.ts';
import { fitnessOf } from './baseline-fitness.ts';
import { checkBaseline, openBaseline } from './open-baseline.ts';

/** A baseline that was named, as far as it can be used. */
export interface FoundBaseline {
	/** null where it cannot be used. */
	readonly baseline: Baseline | null;
	/** Why it cannot be used, or what is doubtful about it: whole sentences, not yet escaped for a terminal. */
	readonly warnings: readonly string[];
}

/**
 * Opens the baseline that the settings name. One that cannot be used is a warning, and with `--require-baseline` an error. Throws `usage` for what
 * is wrong about the command line.
 */
export async function findBaseline(reference: string, context: CommandContext): Promise<FoundBaseline> {
	checkBaseline(reference, context);
	try {
		return { baseline: await openBaseline(reference, context), warnings: [] };
	} catch (error) {
		if (!(error instanceof FathomError) || error.code === 'interrupted') throw error;
		return unusable(reference, error, context);
	}
}

/** Looks whether it is a baseline of this image, and takes care that both leave out the same base. Throws an error where it is not and `--require-baseline` says so. */
export function checkFitness(
	found: FoundBaseline,
	session: ImageSession,
	context: CommandContext,
): FoundBaseline {
	if (found.baseline === null) return found;
	const { ignoreBase } = context.settings;
	const baseline = ignoreBase ? withBaseOf(found.baseline, session) : found.baseline;
	const fitness = fitnessOf(baseline, session);
	if (fitness.kind === 'fits') return { ...found, baseline };
	if (fitness.kind === 'doubtful') {
		const doubt = `baseline ${baseline.name} ${fitness.doubt}.`;
		return { baseline, warnings: [...found.warnings, doubt] };
	}
	const hint = 'Name the image or the report that this image is to be compared with.';
	return unusable(
		baseline.name,
		new FathomError({ code: 'no-such-image', message: `${fitness.reason}.`, hint }),
		context,
	);
}

function unusable(reference: string, error: FathomError, { settings }: CommandContext): FoundBaseline {
	const sentence = `baseline ${reference} cannot be used: ${error.message}`;
	if (!settings.requireBaseline)
		return { baseline: null, warnings: [`${sentence} Rules about change are not judged.`] };
	const { hint } = error;
	throw new FathomError({
		code: 'baseline',
		message: sentence,
		...(hint !== undefined && { hint }),
		cause: error,
	});
}
