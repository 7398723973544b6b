import { entryKinds, stringAt } from '../../source/tar/changeset.ts';
import { decodeName } from '../../source/text/decode-name.ts';
import type { TarEntry } from '../support/archives/tar-entry.ts';
import { loadLayers } from '../support/load-layers.ts';
import { changesOfLayer, rawPath, stateOf, wasteOfTree } from '../support/tree-view.ts';

/** What an image comes to, in words short enough to be written down in a test. */
export interface Told {
	/** The final file system: `PATH`, with a slash after it for a directory. */
	readonly paths: readonly string[];
	/** `PATH KIND` of each change of the top layer. */
	readonly changes: readonly string[];
	/** `PATH: BYTES of layer N, CAUSE by layer M`, layers from 1 as on screen. */
	readonly waste: readonly string[];
	/** `CODE in layer N: EXAMPLE`. */
	readonly warnings: readonly string[];
}

/** Stacks layers, lowest first, and tells what comes of it. */
export async function tell(...layers: readonly (readonly TarEntry[])[]): Promise<Told> {
	const { tree, image } = await loadLayers(layers);
	return {
		paths: stateOf(tree, tree.layerCount).map((row) => {
			const [path, kind] = row.split(' ');
			return kind === 'directory' || kind === 'implied' ? `${path}/` : path;
		}),
		changes: [...changesOfLayer(tree, tree.layerCount - 1)].map(([path, kind]) => `${path} ${kind}`).sort(),
		waste: wasteOfTree(tree).map(
			({ path, bytes, layer, cause, culprit }) =>
				`${path}: ${bytes} of layer ${layer + 1}, ${cause} by layer ${culprit + 1}`,
		),
		warnings: image.warnings.map(
			({ code, layerIndex, example }) => `${code} in layer ${(layerIndex ?? -1) + 1}: ${example}`,
		),
	};
}

/** `KIND MODE UID:GID BYTES -> TARGET` of what stands at a path in the end. */
export async function describeEnd(
	path: string,
	...layers: readonly (readonly TarEntry[])[]
): Promise<string> {
	const { tree } = await loadLayers(layers);
	const node = Array.from(tree.parents.keys()).find((each) => rawPath(tree, each) === path) ?? -1;
	const change = tree.changeStarts[node + 1] - 1;
	const entry = tree.changeEntries[change];
	if (entry < 0) return entry === -2 ? 'implied directory' : 'nothing';
	const { kinds, modes, uids, gids, targets } = tree.changesets[tree.changeLayers[change]];
	const target = decodeName(stringAt(targets, entry));
	const owner = `${uids[entry]}:${gids[entry]}`;
	const facts = [entryKinds[kinds[entry]], modes[entry].toString(8), owner, tree.changeBytes[change]].join(
		' ',
	);
	return target === '' ? facts : `${facts} -> ${target}`;
}
