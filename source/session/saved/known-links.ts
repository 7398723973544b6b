import { NO_ENTRY } from '../../filetree/file-tree.ts';
import { LINK_BY_TARGET } from '../../filetree/stacking/hard-links.ts';
import { inParts, type Steps } from '../../steps.ts';
import { FILE, stringAt } from '../../tar/changeset.ts';
import { decodeName, encodeName } from '../../text/decode-name.ts';
import type { LayerRows, SavedLink } from './layer-rows.ts';
import { lostLink } from './report-errors.ts';

const LINKS_A_STEP = 512;

/**
 * What the hard links of a layer share, an item an entry: the number of the entry that has the content, among the entries of all layers;
 * NO_ENTRY for nothing, and LINK_BY_TARGET where an older report does not say. null without links. Throws `corrupt` where the report does not
 * have the content of one.
 */
export function* linksOfLayer(
	layers: readonly LayerRows[],
	starts: readonly number[],
	{ layerIndex, label }: { readonly layerIndex: number; readonly label: string },
): Steps<Int32Array | null> {
	const { changeset, links } = layers[layerIndex];
	if (links.length === 0) return null;
	const first = changeset.count - links.length;
	const carriers = new Int32Array(changeset.count).fill(NO_ENTRY);
	yield* inParts(links.length, LINKS_A_STEP, (from, to) => {
		for (let position = from; position < to; position++) {
			const carrier = carrierOf(links[position], { layers, starts, layerIndex });
			if (carrier === null) {
				const path = decodeName(stringAt(changeset.paths, first + position));
				throw lostLink(label, layerIndex, path);
			}
			carriers[first + position] = carrier;
		}
	});
	return carriers;
}

interface Place {
	readonly layers: readonly LayerRows[];
	readonly starts: readonly number[];
	readonly layerIndex: number;
}

function carrierOf(link: SavedLink, { layers, starts, layerIndex }: Place): number | null {
	if (link === undefined) return LINK_BY_TARGET;
	if (link === null) return NO_ENTRY;
	if (link.layerIndex > layerIndex) return null;
	const rows = layers[link.layerIndex];
	const entry = link.superseded === undefined ? findChange(rows, link.path) : link.superseded;
	const end = link.superseded === undefined ? rows.changesEnd : rows.supersededCount;
	const { kinds, sizes } = rows.changeset;
	if (entry === NO_ENTRY || entry >= end || kinds[entry] !== FILE || sizes[entry] !== link.sizeBytes)
		return null;
	return starts[link.layerIndex] + entry;
}

/** The row of `changes` with a path, by a search in path order; NO_ENTRY where it is not there. */
function findChange({ changeset: { paths }, supersededCount, changesEnd }: LayerRows, path: string): number {
	const wanted = encodeName(path);
	let low = supersededCount;
	let high = changesEnd;
	while (low < high) {
		const middle = (low + high) >>> 1;
		const order = comparePaths(stringAt(paths, middle), wanted);
		if (order === 0) return middle;
		if (order < 0) low = middle + 1;
		else high = middle;
	}
	return NO_ENTRY;
}

const SLASH = 0x2f;

/** The order of rows: by the bytes of each component, so that a slash comes before any other byte. */
function comparePaths(left: Uint8Array, right: Uint8Array): number {
	const length = Math.min(left.length, right.length);
	for (let index = 0; index < length; index++) {
		const difference = rank(left[index]) - rank(right[index]);
		if (difference !== 0) return difference;
	}
	return left.length - right.length;
}

function rank(byte: number): number {
	return byte === SLASH ? 0 : byte;
}
