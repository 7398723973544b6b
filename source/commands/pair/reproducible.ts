import { areSameBuilds } from '../../diff/reproducible/reproducibility.ts';
import { FathomError } from '../../errors.ts';
import { writeReproducibility } from '../../report/diff/reproducible/report.ts';
import { findFirstDifference } from '../../session/pair/reproducible/find-first-difference.ts';
import type { CommandContext, CommandResult } from '../command.ts';
import { untilInterrupted } from '../until-interrupted.ts';
import { rejectReadOnce, requireImages, sayWhichLayer } from './reading-again.ts';
import { withBothImages } from './with-image-pair.ts';

/** Checks whether two builds are the same, and prints what differs first. With `--exit-code`, returns 1 where they are not. Throws `FathomError`. */
export function reproducible(context: CommandContext): Promise<CommandResult> {
	const { signal, output, layout, flags } = context;
	rejectOtherOutputs(flags);
	rejectReadOnce(context, '--reproducible');
	return withBothImages(context, async (sides) => {
		const images = requireImages(sides, '--reproducible compares layers byte by byte');
		const onLayer = sayWhichLayer(context);
		const result = await untilInterrupted(findFirstDifference(images, { signal, onLayer }), signal);
		const [older, newer] = images.map(({ image }) => image.reference);
		await writeReproducibility({ references: [older, newer], result }, output, layout);
		return flags.get('exit-code') === 'true' && !areSameBuilds(result) ? 1 : 0;
	});
}

/** The check has one output, about all of both images. */
const otherOutputs = ['strict', 'format', 'output', 'json', 'full', 'only', 'ignore', 'patch'] as const;

function rejectOtherOutputs(flags: CommandContext['flags']): void {
	const given = otherOutputs.find((name) => flags.has(name));
	if (given === undefined) return;
	throw new FathomError({
		code: 'usage',
		message: `--${given} cannot be used with --reproducible, which prints the first difference of all that both images have.`,
		hint: 'Leave out one of them.',
	});
}
