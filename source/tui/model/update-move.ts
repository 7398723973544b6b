import { filesView, nodeOfRow } from './cursor.ts';
import { detailLines } from './frame/detail-lines.ts';
import { helpLines } from './frame/help-lines.ts';
import { layersView } from './layers-view.ts';
import { computeLayout, FOOTER_ROWS } from './layout.ts';
import { clamp, moveInList, type Step } from './list-window.ts';
import { type ExplorerState, otherScope, projectionKey, projectionOf } from './state.ts';

/** Moves the cursor of the pane that has the focus, or scrolls it where there is no cursor. */
export function moveCursor(state: ExplorerState, step: Step, direction: 1 | -1): ExplorerState {
	if (state.helpOpen) return scrollHelp(state, step, direction);
	switch (state.focus) {
		case 'layers':
			return moveLayer(state, step, direction);
		case 'details':
			return scrollDetails(state, step, direction);
		case 'files':
			return moveFile(state, step, direction);
	}
}

function moveLayer(state: ExplorerState, step: Step, direction: 1 | -1): ExplorerState {
	const { index, line } = moveInList(layersView(state), step, direction);
	if (index === state.layer) return state;
	const moved: ExplorerState = {
		...state,
		layer: index,
		lines: { ...state.lines, layers: line },
		tops: { ...state.tops, details: 0 },
	};
	return { ...moved, effects: [{ type: 'prepare', key: projectionKey(likelyNext(moved, direction)) }] };
}

/** Whoever goes to the next layer is likely to go on to the one after it, and from the last one to look at all of them together. */
function likelyNext(state: ExplorerState, direction: 1 | -1): ExplorerState {
	const layer = state.layer + direction;
	const isLayer = layer >= 0 && layer < state.image.tree.layerCount;
	return isLayer ? { ...state, layer } : { ...state, scope: otherScope(state.scope) };
}

function moveFile(state: ExplorerState, step: Step, direction: 1 | -1): ExplorerState {
	const projection = projectionOf(state);
	const { index, line } = moveInList(filesView(state, projection), step, direction);
	const node = nodeOfRow(projection, index);
	return node === null ? state : { ...state, cursor: node, lines: { ...state.lines, files: line } };
}

function scrollDetails(state: ExplorerState, step: Step, direction: 1 | -1): ExplorerState {
	const { width, height } = computeLayout(state.size, state.image.tree.layerCount).panes.details;
	const top = scroll(
		{ top: state.tops.details, total: detailLines(state, width).length, height },
		step,
		direction,
	);
	return { ...state, tops: { ...state.tops, details: top } };
}

function scrollHelp(state: ExplorerState, step: Step, direction: 1 | -1): ExplorerState {
	const { columns, rows } = state.size;
	const height = rows - FOOTER_ROWS;
	const top = scroll({ top: state.tops.help, total: helpLines(columns).length, height }, step, direction);
	return { ...state, tops: { ...state.tops, help: top } };
}

interface Scroll {
	readonly top: number;
	readonly total: number;
	readonly height: number;
}

function scroll({ top, total, height }: Scroll, step: Step, direction: 1 | -1): number {
	const distance = step === 'line' ? 1 : step === 'page' ? Math.max(1, height - 1) : total;
	return clamp(top + direction * distance, 0, Math.max(0, total - height));
}
