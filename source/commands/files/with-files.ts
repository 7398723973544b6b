import { FathomError } from '../../errors.ts';
import { absentLayers } from '../../image/image.ts';
import { readOnce } from '../../session/session-files.ts';
import { STANDARD_INPUT } from '../../sources/archive/standard-input-source.ts';
import type { CommandContext } from '../command.ts';
import { checkOutputs } from '../output/check-outputs.ts';
import { ProgressLine } from '../output/progress-line.ts';
import { showReading } from '../output/reading-line.ts';
import { type OpenedSide, openSide } from '../pair/open-side.ts';
import { untilInterrupted } from '../running/until-interrupted.ts';

/** An image, or the report that is left of it, at one point of its stack. */
export interface OpenedFiles {
	readonly opened: OpenedSide;
	/** How many layers are there, from the lowest: all, or as many as `--layer` says. */
	readonly point: number;
}

/** Opens the image that was named, and closes it when `use` is done. Throws `FathomError`, with `unsupported` for contents that cannot be read. */
export async function withFiles<Result>(
	context: CommandContext,
	use: (files: OpenedFiles) => Promise<Result>,
	{ readsContents = false }: { readonly readsContents?: boolean } = {},
): Promise<Result> {
	const wanted = layerNumberOf(context);
	if (readsContents && context.reference === STANDARD_INPUT) throw readOnce(context.reference);
	await checkOutputs(context);
	const progress = new ProgressLine(context);
	const opening = openSide(context, null);
	try {
		showReading(opening.stages, progress);
		const opened = await untilInterrupted(opening.complete, context.signal);
		progress.clear();
		for (const layer of absentLayers(opened.image.description))
			context.onWarning(`layer ${layer + 1} is kept elsewhere and is not there: its files are missing`);
		const { layerCount } = opened.tree;
		if (readsContents && opened.files.refusal !== null) throw opened.files.refusal;
		if (wanted !== null && wanted > layerCount) throw noSuchLayer(wanted, layerCount);
		return await use({ opened, point: wanted ?? layerCount });
	} finally {
		progress.clear();
		await opening.close();
	}
}

/** 1-based; null where all layers are meant. Throws `usage`. */
export function layerNumberOf({ flags }: Pick<CommandContext, 'flags'>): number | null {
	const text = flags.get('layer');
	if (text === undefined) return null;
	if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
	throw new FathomError({
		code: 'usage',
		message: `--layer: expected the number of a layer such as 1, got ${JSON.stringify(text)}.`,
		hint: '--layer 1 for the lowest layer.',
	});
}

function noSuchLayer(wanted: number, layerCount: number): FathomError {
	return new FathomError({
		code: 'usage',
		message: `--layer ${wanted}: the image has ${layerCount} ${layerCount === 1 ? 'layer' : 'layers'}.`,
		hint: `--layer with a number from 1 to ${layerCount}.`,
	});
}
