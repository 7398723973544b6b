import { areSameBuilds } from '../../diff/reproducible/reproducibility.ts';
import { FathomError } from '../../errors.ts';
import { writeReproducibilityJson } from '../../report/diff/reproducible/json-report.ts';
import { type ReproducibilityInput, writeReproducibility } from '../../report/diff/reproducible/report.ts';
import { findFirstDifference } from '../../session/pair/reproducible/find-first-difference.ts';
import { shorten } from '../../text/shorten.ts';
import type { CommandContext, CommandResult } from '../command.ts';
import { checkOutputs } from '../output/check-outputs.ts';
import { writeOutputFile } from '../output/output-file.ts';
import { writeReport } from '../output/write-report.ts';
import { untilInterrupted } from '../running/until-interrupted.ts';
import { rejectReadOnce, sayWhichLayer } from './reading-again.ts';
import { withBothImages } from './with-image-pair.ts';

/** Checks whether two builds are the same, and prints what differs first. With `--exit-code`, returns 1 where they are not. Throws `FathomError`. */
export async function reproducible(context: CommandContext): Promise<CommandResult> {
	const { signal, layout, flags } = context;
	rejectPath(context);
	rejectOtherOutputs(flags);
	const write = writers[formatOf(flags)];
	rejectReadOnce(context, '--reproducible');
	await checkOutputs(context);
	return withBothImages(context, async (images) => {
		const onLayer = sayWhichLayer(context);
		const result = await untilInterrupted(findFirstDifference(images, { signal, onLayer }), signal);
		const [older, newer] = images.map(({ image }) => image.reference);
		const input: ReproducibilityInput = { references: [older, newer], result };
		const path = flags.get('json');
		if (path !== undefined)
			await writeOutputFile({ path, signal, write: (sink) => writers.json(input, sink, layout) });
		await writeReport(context, (sink, options) => write(input, sink, options));
		return flags.get('exit-code') === 'true' && !areSameBuilds(result) ? 1 : 0;
	});
}

const writers = { text: writeReproducibility, json: writeReproducibilityJson } as const;

function formatOf(flags: CommandContext['flags']): keyof typeof writers {
	const format = flags.get('format') ?? 'text';
	if (format === 'text' || format === 'json') return format;
	throw new FathomError({
		code: 'usage',
		message: `--format: with --reproducible, expected text or json, got ${shorten(JSON.stringify(format))}.`,
	});
}

function rejectPath({ paths: [path] }: CommandContext): void {
	if (path === undefined) return;
	throw new FathomError({
		code: 'usage',
		message: `--reproducible compares whole images, and takes no PATH: ${path}.`,
		hint: 'Leave out the PATH; or, to see what differs in it, leave out --reproducible.',
	});
}

/** The check is about all of both images. */
const otherOutputs = ['strict', 'full', 'only', 'ignore', 'patch'] as const;

function rejectOtherOutputs(flags: CommandContext['flags']): void {
	const given = otherOutputs.find((name) => flags.has(name));
	if (given === undefined) return;
	throw new FathomError({
		code: 'usage',
		message: `--${given} cannot be used with --reproducible, which prints the first difference of all that both images have.`,
		hint: 'Leave out one of them.',
	});
}
