import { FathomError } from '../../errors.ts';
import type { FileTree } from '../../filetree/file-tree.ts';
import { lastPlace } from '../../filetree/following/last-place.ts';
import { runInSlices } from '../../sources/time-slice.ts';
import { escapeForTerminal } from '../../text/escape.ts';
import { shellWord } from '../../text/shell-word.ts';
import { shorten } from '../../text/shorten.ts';
import type { ExplorerStart } from '../../tui/model/shown/go-to.ts';
import type { CommandContext } from '../command.ts';
import { layerNumberOf } from '../files/with-files.ts';

/** Where the user asks to begin, as `--at` and `--layer` say. */
export interface WantedStart {
	/** A path of the image; null for a layer alone. */
	readonly path: string | null;
	/** 1-based; null for the layer that changed the path last. */
	readonly layer: number | null;
}

/** Where the explorer is to begin; null where the user does not say. Throws `usage` for what is no number of a layer. */
export function wantedStartOf({ flags }: Pick<CommandContext, 'flags'>): WantedStart | null {
	const layer = layerNumberOf({ flags });
	const path = flags.get('at') ?? null;
	return path === null && layer === null ? null : { path, layer };
}

/** Text that is printed has no place to begin at. Throws `usage`. */
export function rejectStart({ flags, reference }: Pick<CommandContext, 'flags' | 'reference'>): void {
	const [flag] = ['at', 'layer'].filter((name) => flags.has(name));
	if (flag === undefined) return;
	const words = [reference, flags.get('at') ?? []].flat().map(shellWord);
	const layer = layerNumberOf({ flags });
	if (layer !== null) words.push('--layer', String(layer), '--changes');
	throw new FathomError({
		code: 'usage',
		message: `--${flag} opens the explorer at that place, and this is no terminal for it.`,
		hint: `fathom files ${words.join(' ')}`,
	});
}

/** Finds the place in an image whose layers are all read. What is not there is said, and what was removed is shown where that happened. */
export async function findStart(
	tree: FileTree,
	{ path, layer }: WantedStart,
	signal?: AbortSignal,
): Promise<ExplorerStart> {
	const { layerCount } = tree;
	if (layer !== null && layer > layerCount) {
		const has = layerCount === 1 ? 'the image has 1 layer' : `the image has ${layerCount} layers`;
		return { place: null, message: `There is no layer ${layer}: ${has}.` };
	}
	if (path === null) return { place: { node: 0, layer: (layer ?? 1) - 1 }, message: null };
	const name = shorten(escapeForTerminal(path.startsWith('/') ? path : `/${path}`));
	const point = layer ?? layerCount;
	const found = await runInSlices(lastPlace(tree, { path, point, followsLast: false }), signal);
	if (found !== null) {
		const { node, point: at } = found;
		const message = at === point ? null : `${name} is not there any more: layer ${at + 1} removed it.`;
		const shown = at < point ? at : (layer ?? lastLayerOf(tree, node)) - 1;
		return { place: { node, layer: shown }, message };
	}
	const where = layer === null ? 'the image' : `layer ${layer}`;
	const shown = layer === null ? null : { node: 0, layer: layer - 1 };
	return { place: shown, message: `There is no ${name} in ${where}.` };
}

/** The topmost layer, 1-based, that did anything to a path or to what is below it; the last one for what none did. */
function lastLayerOf(
	{ changeStarts, changeLayers, subtreeEnds, layerCount }: FileTree,
	node: number,
): number {
	const end = changeStarts[subtreeEnds[node]];
	let last = -1;
	for (let change = changeStarts[node]; change < end && last < layerCount - 1; change++)
		last = Math.max(last, changeLayers[change]);
	return last < 0 ? layerCount : last + 1;
}
