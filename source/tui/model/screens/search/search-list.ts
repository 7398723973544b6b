import { FOOTER_ROWS } from '../../layout.ts';
import { clamp, type ListView } from '../../list-window.ts';
import { layerSearch, type SearchResult, searchOrders } from './layer-search.ts';
import type { SearchScene } from './search-types.ts';

/** What a layer did to a path. */
export interface FoundRow {
	readonly node: number;
	readonly change: number;
}

/** What was found, and the window of it that there is room for. */
export interface SearchList {
	readonly result: SearchResult | null;
	readonly view: ListView;
	/** Lines of the details below, their title included; 0 where there is no room. */
	readonly detailRows: number;
}

/** The title, the text and the names of the columns. */
export const ROWS_ABOVE = 3;
const ROOMY_ROWS = 20;

export function searchList({ state, size, subject }: SearchScene): SearchList {
	const { result } = layerSearch(subject, state.input.text);
	const total = result?.kind === 'found' ? result.found.nodes.length : 0;
	const detailRows = size.rows < ROOMY_ROWS ? 0 : clamp(Math.floor(size.rows * 0.2), 4, 10);
	const height = size.rows - FOOTER_ROWS - ROWS_ABOVE - detailRows;
	const index = clamp(state.index, 0, Math.max(0, total - 1));
	return { result, view: { total, height, index, line: state.line }, detailRows };
}

/** The change in a row that is there. */
export function rowAt({ state, subject }: SearchScene, { result, view }: SearchList, row: number): FoundRow {
	if (result?.kind !== 'found') throw new RangeError('Nothing was found.');
	const { nodes, changes } = result.found;
	const sorted = layerSearch(subject, state.input.text).inOrder(searchOrders[state.order]);
	const place = state.isReversed ? view.total - 1 - row : row;
	const index = sorted === null ? place : sorted[place];
	return { node: nodes[index], change: changes[index] };
}
