import { pathOf } from '../../filetree/paths.ts';
import type { StackedImage } from '../../filetree/stacked-image.ts';
import { inParts, type Steps } from '../../steps.ts';
import { DIRECTORY, WHITEOUT } from '../../tar/changeset.ts';
import type { LayerRows } from './layer-rows.ts';
import { belowNoDirectory, listedTwice } from './report-errors.ts';

const ROWS_A_STEP = 4096;

/**
 * Checks that the rows of a report fit together, which only an edit by hand takes away: in one layer each path has one row, and what is above
 * a path is a directory. Superseded entries may be anywhere. Throws `corrupt`.
 */
export function* checkPlaces(
	rows: readonly LayerRows[],
	{ tree, entryNodes }: Pick<StackedImage, 'tree' | 'entryNodes'>,
	label: string,
): Steps<void> {
	/** The last layer that lists a node, counted from 1. */
	const listedIn = new Uint16Array(tree.nodeCount);
	/** 1 for what is there and no directory. */
	const isLeaf = new Uint8Array(tree.nodeCount);
	for (const [layerIndex, { changeset, supersededCount }] of rows.entries()) {
		const { kinds, count } = changeset;
		const nodes = entryNodes[layerIndex].subarray(supersededCount);
		const kindOf = (row: number) => kinds[supersededCount + row];
		yield* inParts(count - supersededCount, ROWS_A_STEP, (from, to) => {
			for (let row = from; row < to; row++) {
				const node = nodes[row];
				if (listedIn[node] === layerIndex + 1) throw listedTwice(label, layerIndex, pathOf(tree, node));
				listedIn[node] = layerIndex + 1;
				isLeaf[node] = kindOf(row) === DIRECTORY || kindOf(row) === WHITEOUT ? 0 : 1;
			}
		});
		yield* inParts(count - supersededCount, ROWS_A_STEP, (from, to) => {
			for (let row = from; row < to; row++) {
				if (kindOf(row) === WHITEOUT) continue;
				let above = tree.parents[nodes[row]];
				while (above > 0 && isLeaf[above] === 0) above = tree.parents[above];
				if (above <= 0) continue;
				throw belowNoDirectory(label, layerIndex, [pathOf(tree, nodes[row]), pathOf(tree, above)]);
			}
		});
	}
}
