import type { FileTree } from '../../../filetree/file-tree.ts';
import { noFilter } from '../filter/filter.ts';
import { openedTo } from '../rows/folds.ts';
import { type IsStop, nextStop, stopsIn } from './next-row.ts';
import { placeCursor, type TreeRows } from './tree-rows.ts';
import type { FilterPlace, TreeState } from './tree-state.ts';

/** The state while a filter is typed. One that is edited was begun before, unless the user has moved since. */
export function beginFilter<State extends TreeState>(state: State): State {
	const { filter, filterPlace, cursor, lines } = state;
	if (filter.text !== '' && filterPlace?.ledTo === cursor) return state;
	return { ...state, filterPlace: { begun: { cursor, line: lines.files }, ledTo: cursor } };
}

/** The state with the cursor on the first match of a filter, unless the user has moved it to another row by then, or it is on a match. */
export function keepFilter<State extends TreeState>(state: State, rows: TreeRows): State {
	const { filter, filterPlace, cursor } = state;
	if (filter.matches === null || filterPlace === null || cursor !== filterPlace.ledTo) return state;
	const isStop = stopsIn(rows.projection);
	const node = rows.node === cursor && isStop(cursor) ? cursor : firstStop(rows, isStop);
	if (node === null) return state;
	return { ...placeCursor(state, rows, node), filterPlace: { ...filterPlace, ledTo: node } };
}

function firstStop({ projection }: TreeRows, isStop: IsStop): number | null {
	return nextStop(projection, { row: -1, direction: 1 }, isStop);
}

/** The state without the filter: the cursor goes back from where that led it. Where the user has moved it, it stays, so the folders above it are opened. */
export function leaveFilter<State extends TreeState>(state: State, tree: Pick<FileTree, 'parents'>): State {
	const { filterPlace, lines, folds } = state;
	const isLed = filterPlace?.ledTo === state.cursor;
	const { cursor, line } = isLed ? filterPlace.begun : { cursor: state.cursor, line: lines.files };
	return {
		...state,
		cursor,
		lines: { ...lines, files: line },
		folds: openedTo(folds, tree, cursor),
		filter: noFilter,
		filterPlace: null,
	};
}

/** The place by the nodes of another tree, where these are in that. */
export function renumberedPlace(
	place: FilterPlace | null,
	nodeOf: (node: number) => number | null,
): FilterPlace | null {
	if (place === null) return null;
	const { begun, ledTo } = place;
	return { begun: { ...begun, cursor: nodeOf(begun.cursor) ?? 0 }, ledTo: nodeOf(ledTo) ?? 0 };
}
