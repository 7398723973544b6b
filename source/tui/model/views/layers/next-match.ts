import { type FileTree, UNCHANGED } from '../../../../filetree/file-tree.ts';
import { exactNodes, type Matches } from '../../rows/matches.ts';
import type { Projection } from '../../rows/projection.ts';
import { nextStop, stopsIn } from '../../tree/next-row.ts';
import { placeCursor } from '../../tree/tree-rows.ts';
import { fileRows, type LayersScene, type LayersState } from './layers-state.ts';
import { toLayer, withTopOfFile } from './move.ts';

/**
 * The state with the cursor on the next row that matches the filter, or that changed where there is none. After the last match of a layer,
 * the next layer that has one.
 */
export function goToNext(scene: LayersScene, direction: 1 | -1): LayersState {
	const { state, subject } = scene;
	const rows = fileRows(scene);
	const row = rows.node === null ? -1 : rows.list.index;
	const node = nextStop(rows.projection, { row, direction }, stopsIn(rows.projection));
	if (node !== null) return withTopOfFile({ ...placeCursor(state, rows, node), focus: 'files' });
	const { matches } = state.filter;
	if (matches === null || state.scope !== 'layer') return state;
	const next = otherLayer(subject.tree, matches, { layer: state.layer, direction });
	if (next === null) return state;
	const there: LayersState = { ...toLayer(state, next.layer), cursor: next.node, focus: 'files' };
	const inLayer = fileRows({ ...scene, state: there });
	const start = direction === 1 ? -1 : inLayer.projection.rowCount;
	const first = nextStop(inLayer.projection, { row: start, direction }, stopsIn(inLayer.projection));
	return first === null ? there : withTopOfFile(placeCursor(there, inLayer, first));
}

/** The first row that changed itself; null where none did. */
export function firstChange(scene: LayersScene): number | null {
	return firstStop(fileRows(scene).projection);
}

function firstStop(projection: Projection): number | null {
	return nextStop(projection, { row: -1, direction: 1 }, stopsIn(projection));
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
