import { FathomError } from '../errors.ts';
import { jsonReporter } from '../report/json/report.ts';
import { type LoadedImage, type LoadOptions, loadImage } from '../session/load-image.ts';
import type { Settings } from '../settings/settings.ts';
import type { CommandContext } from './command.ts';
import { loadOptionsOf } from './load-options.ts';
import { checkOutputFile, writeOutputFile } from './output/output-file.ts';
import { untilInterrupted } from './until-interrupted.ts';

/** Reads the image that was named and, where `--json` asks for it, writes its JSON report. Throws `FathomError`. */
export async function loadNamedImage(
	context: CommandContext,
	{ showsDive }: Required<Pick<LoadOptions, 'showsDive'>>,
): Promise<LoadedImage> {
	await checkJsonFile(context);
	const { reference, signal, flags } = context;
	const loading = loadImage(reference, {
		...loadOptionsOf(context),
		showsDive: showsDive || flags.has('json'),
		signal,
	});
	const loaded = await untilInterrupted(loading, signal);
	await finishLoading(loaded, context);
	return loaded;
}

/** What is done with every image once it is read. Throws `usage`, `output` or `interrupted`. */
export async function finishLoading(loaded: LoadedImage, context: CommandContext): Promise<void> {
	rejectLargeBase(loaded, context.settings);
	await writeJsonFile(loaded, context);
}

/** A base of more layers than there are would leave nothing to judge, and every image would pass. */
function rejectLargeBase({ analysis }: LoadedImage, { baseLayerCount }: Settings): void {
	const layerCount = analysis.layers.length;
	if (baseLayerCount === null || baseLayerCount <= layerCount) return;
	throw new FathomError({
		code: 'usage',
		message: `The base was to be the lowest ${baseLayerCount} layers, but the image has ${layerCount}.`,
		hint: `--base with a number from 0 to ${layerCount}.`,
	});
}

/** Says early what would stop the JSON report from being written. Throws `output`. */
export async function checkJsonFile({ flags }: CommandContext): Promise<void> {
	const path = flags.get('json');
	if (path !== undefined) await checkOutputFile(path);
}

/** Writes the JSON report to the file that `--json` names, if it does. */
async function writeJsonFile(loaded: LoadedImage, { flags, layout, signal }: CommandContext): Promise<void> {
	const path = flags.get('json');
	if (path === undefined) return;
	await writeOutputFile({ path, signal, write: (sink) => jsonReporter.write(loaded, sink, layout) });
}
