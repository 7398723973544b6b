import { kindAt } from '../../../../filetree/comparison.ts';
import { type FileTree, UNCHANGED } from '../../../../filetree/file-tree.ts';
import { exactNodes, type Matches } from '../../rows/matches.ts';
import type { Projection } from '../../rows/projection.ts';
import { LONE_MATCH } from '../../rows/row-rules.ts';
import { rowsAt } from '../../rows/row-window.ts';
import { placeCursor } from '../../tree/tree-rows.ts';
import { fileRows, type LayersScene, type LayersState } from './layers-state.ts';
import { toLayer, withTopOfFile } from './move.ts';

const ROWS_AT_ONCE = 256;

/**
 * The state with the cursor on the next row that matches the filter, or that changed where there is none. After the last match of a layer,
 * the next layer that has one.
 */
export function goToNext(scene: LayersScene, direction: 1 | -1): LayersState {
	const { state, subject } = scene;
	const rows = fileRows(scene);
	const node = nextNode(rows.projection, rows.node === null ? -1 : rows.list.index, direction);
	if (node !== null) return withTopOfFile({ ...placeCursor(state, rows, node), focus: 'files' });
	const { matches } = state.filter;
	if (matches === null || state.scope !== 'layer') return state;
	const next = otherLayer(subject.tree, matches, { layer: state.layer, direction });
	return next === null ? state : { ...toLayer(state, next.layer), cursor: next.node, focus: 'files' };
}

/** The state with the cursor on the first match of a filter, unless the user has moved it to another row by then, or it is on a match. */
export function goToFirst(scene: LayersScene): LayersState {
	const { state } = scene;
	const { led, cursor } = state;
	if (led === null || cursor !== led.to) return state;
	const rows = fileRows(scene);
	const isOnMatch = rows.node === cursor && stopOf(rows.projection)(cursor);
	const node = isOnMatch ? cursor : nextNode(rows.projection, -1, 1);
	return node === null
		? state
		: { ...withTopOfFile(placeCursor(state, rows, node)), led: { ...led, to: node } };
}

/** The first row that changed itself; null where none did. */
export function firstChange(scene: LayersScene): number | null {
	return nextNode(fileRows(scene).projection, -1, 1);
}

function nextNode(projection: Projection, row: number, direction: 1 | -1): number | null {
	const isStop = stopOf(projection);
	const { index, rowCount } = projection;
	if (direction === 1) {
		for (let start = row + 1; start < rowCount; start += ROWS_AT_ONCE) {
			const found = rowsAt(index, start, ROWS_AT_ONCE).find(({ node }) => isStop(node));
			if (found !== undefined) return found.node;
		}
		return null;
	}
	for (let end = row; end > 0; end -= ROWS_AT_ONCE) {
		const start = Math.max(0, end - ROWS_AT_ONCE);
		const found = rowsAt(index, start, end - start).findLast(({ node }) => isStop(node));
		if (found !== undefined) return found.node;
	}
	return null;
}

/** What the cursor goes to. */
function stopOf({ comparison, rules: { marks } }: Projection): (node: number) => boolean {
	if (marks !== null) return (node) => marks[node] >= LONE_MATCH;
	return (node) => kindAt(comparison, node) > UNCHANGED;
}

export interface LayerMatch {
	readonly layer: number;
	readonly node: number;
}

/** The nearest layer in a direction that changed what a filter finds, and the first such node; null where it is not cheap to tell. */
export function otherLayer(
	tree: FileTree,
	matches: Matches,
	{ layer, direction }: { readonly layer: number; readonly direction: 1 | -1 },
): LayerMatch | null {
	const nodes = exactNodes(matches);
	if (nodes === null) return null;
	let best: LayerMatch | null = null;
	for (const node of nodes) {
		for (let change = tree.changeStarts[node]; change < tree.changeStarts[node + 1]; change++) {
			const other = tree.changeLayers[change];
			const isThere = tree.changeKindCodes[change] > UNCHANGED && (other - layer) * direction > 0;
			if (isThere && (best === null || (best.layer - other) * direction > 0)) best = { layer: other, node };
		}
	}
	return best;
}
