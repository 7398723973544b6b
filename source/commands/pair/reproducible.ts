import { areSameBuilds } from '../../diff/reproducible/reproducibility.ts';
import { writeReproducibility } from '../../report/diff/reproducible/report.ts';
import { findFirstDifference } from '../../session/pair/reproducible/find-first-difference.ts';
import type { CommandContext, CommandResult } from '../command.ts';
import { untilInterrupted } from '../until-interrupted.ts';
import { rejectReadOnce, sayWhichLayer } from './reading-again.ts';
import { withBothImages } from './with-image-pair.ts';

/** Checks whether two builds are the same, and prints what differs first. With `--exit-code`, returns 1 where they are not. Throws `FathomError`. */
export function reproducible(context: CommandContext): Promise<CommandResult> {
	const { signal, output, layout, flags } = context;
	rejectReadOnce(context, '--reproducible');
	return withBothImages(context, async (images) => {
		const onLayer = sayWhichLayer(context);
		const result = await untilInterrupted(findFirstDifference(images, { signal, onLayer }), signal);
		const [older, newer] = images.map(({ image }) => image.reference);
		await writeReproducibility({ references: [older, newer], result }, output, layout);
		return flags.get('exit-code') === 'true' && !areSameBuilds(result) ? 1 : 0;
	});
}
