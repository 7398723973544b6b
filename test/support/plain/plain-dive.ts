import type { DiveFigures } from '../../../source/analysis/dive/dive-score.ts';
import { bytesOf, type TarEntry } from '../archives/tar-entry.ts';
import { bytesAsText, type Marker, parentsOf, pathAndMarker } from './plain-model.ts';

/*
 * A second, independent reading of what docs/figures.md says of dive's score: maps of paths, without any cleverness.
 */

interface Item {
	readonly path: string;
	readonly marker: Marker;
	readonly isDirectory: boolean;
	readonly bytes: number;
}

/** What dive knows of a path: of one that is only implied it takes no size, and does not know that it is a directory. */
interface Known {
	readonly isDirectory: boolean;
	readonly bytes: number;
}

interface PathFigures {
	readonly smallest: number;
	readonly cumulative: number;
	readonly visits: number;
}

/** Works out dive's score of layers, lowest first. */
export function scorePlainly(layers: readonly (readonly TarEntry[])[]): DiveFigures {
	const stack = new Map<string, Known>();
	const paths = new Map<string, PathFigures>();
	let userBytes = 0;
	for (const [layer, entries] of layers.entries()) {
		const items = entries.flatMap(itemOf);
		if (layer === 0) apply(stack, items);
		else userBytes += items.reduce((sum, { bytes }) => sum + bytes, 0);
		walk(items, stack, paths);
		if (layer > 0) apply(stack, items);
	}
	const all = [...paths.values()];
	const sum = (numbers: readonly number[]) => numbers.reduce((left, right) => left + right, 0);
	const cumulative = sum(all.map((path) => path.cumulative));
	const wastedBytes = sum(all.filter(({ visits }) => visits > 1).map((path) => path.cumulative));
	return {
		efficiency: cumulative === 0 ? 1 : sum(all.map(({ smallest }) => smallest)) / cumulative,
		wastedBytes,
		userWastedRatio: userBytes === 0 ? null : wastedBytes / userBytes,
	};
}

/** Nothing for what no layer lists. */
function itemOf(entry: TarEntry): readonly Item[] {
	const { path, marker } = pathAndMarker(bytesAsText(entry.name));
	if (marker === 'ignored' || marker === 'escapes' || path === '') return [];
	const bytes = entry.type === 'file' && marker === 'none' ? bytesOf(entry.content).length : 0;
	return [{ path, marker, isDirectory: entry.type === 'directory', bytes }];
}

/** Markers first; then all parents, as if nothing was known of them; then what has an entry. */
function apply(stack: Map<string, Known>, items: readonly Item[]): void {
	for (const { path, marker } of items) {
		if (marker !== 'whiteout' || !stack.has(path)) continue;
		for (const other of [...stack.keys()]) if (isAtOrBelow(other, path)) stack.delete(other);
	}
	for (const { path, marker } of items) {
		const implied = marker === 'opaque' ? [...parentsOf(path), path] : parentsOf(path);
		for (const parent of implied) stack.set(parent, { isDirectory: false, bytes: 0 });
	}
	for (const { path, marker, isDirectory, bytes } of items)
		if (marker === 'none') stack.set(path, { isDirectory, bytes });
}

/** Adds the leaves of a layer in the order of their names, up to a marker for what is not there. */
function walk(
	items: readonly Item[],
	stack: ReadonlyMap<string, Known>,
	paths: Map<string, PathFigures>,
): void {
	for (const { path, marker, bytes } of leavesOf(items)) {
		const before = paths.get(path);
		if (marker === 'whiteout' && !stack.has(path)) {
			if (before === undefined) paths.set(path, { smallest: -1, cumulative: 0, visits: 0 });
			return;
		}
		const size = marker === 'whiteout' ? removedBytes(stack, path) : bytes;
		const { smallest, cumulative, visits } = before ?? { smallest: -1, cumulative: 0, visits: 0 };
		paths.set(path, {
			smallest: smallest < 0 ? size : Math.min(smallest, size),
			cumulative: cumulative + size,
			visits: visits + 1,
		});
	}
}

function leavesOf(items: readonly Item[]): readonly Item[] {
	const leaves = new Map<string, Item>();
	for (const item of items) {
		const name = namesOf(item).join('/');
		const isInner = items.some(({ path }) => path.startsWith(`${item.path}/`));
		if (item.marker !== 'whiteout' && isInner) continue;
		// An opaque marker makes its directory a path of the layer, and takes nothing from one that has an entry.
		if (item.marker !== 'opaque' || !leaves.has(name)) leaves.set(name, item);
	}
	return [...leaves.values()].sort((left, right) => compare(namesOf(left), namesOf(right)));
}

/** The components of an item's path, a marker's as its name is written. */
function namesOf({ path, marker }: Item): readonly string[] {
	const components = path.split('/');
	return marker === 'whiteout' ? components.with(-1, `.wh.${components.at(-1)}`) : components;
}

function compare(left: readonly string[], right: readonly string[]): number {
	const at = left.findIndex((name, index) => name !== right[index]);
	if (at === -1) return left.length - right.length;
	return right[at] === undefined || left[at] > right[at] ? 1 : -1;
}

function removedBytes(stack: ReadonlyMap<string, Known>, path: string): number {
	if (stack.get(path)?.isDirectory !== true) return 0;
	return [...stack].reduce((sum, [other, { bytes }]) => sum + (isAtOrBelow(other, path) ? bytes : 0), 0);
}

function isAtOrBelow(path: string, top: string): boolean {
	return path === top || path.startsWith(`${top}/`);
}
