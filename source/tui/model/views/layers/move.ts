import { moveInList, type Step, scrollBy } from '../../list-window.ts';
import { moveInTree } from '../../tree/tree-rows.ts';
import { detailLines } from './details/detail-lines.ts';
import {
	arrangementOf,
	fileRows,
	type LayersScene,
	type LayersState,
	type LayersStep,
} from './layers-state.ts';
import { layerList, layerNear, listRows, rowOfLayer } from './list/list-rows.ts';
import { prepareNext } from './prepare.ts';

/** Moves the cursor of the pane with the focus, or scrolls a pane without a cursor. */
export function movePane(scene: LayersScene, step: Step, direction: 1 | -1): LayersStep {
	const { focus } = scene.state;
	switch (focus) {
		case 'layers':
			return moveLayer(scene, step, direction);
		case 'layer details':
		case 'file details':
			return { state: scrollDetails(scene, focus, { step, direction }), effects: [] };
		case 'files': {
			const moved = moveInTree(scene.state, fileRows(scene), { step, direction });
			return { state: withTopOfFile(moved), effects: [] };
		}
	}
}

/** Instructions without a layer are passed over; those at either end come into sight by moving on. */
function moveLayer(scene: LayersScene, step: Step, direction: 1 | -1): LayersStep {
	const { state, subject } = scene;
	const list = layerList(scene);
	const rows = listRows(subject);
	const { index, line } = moveInList(list, step, direction);
	const layer = layerNear(rows, index, direction);
	if (layer === null) return { state, effects: [] };
	const beyond = index - rowOfLayer(rows, layer);
	const lines = { ...state.lines, layers: Math.max(0, Math.min(list.height - 1, line - beyond)) };
	if (layer === state.layer) {
		return { state: lines.layers === state.lines.layers ? state : { ...state, lines }, effects: [] };
	}
	const moved = toLayer({ ...state, lines }, layer);
	return { state: moved, effects: [prepareNext({ state: moved, subject }, direction)] };
}

/** The state with another layer selected. */
export function toLayer(state: LayersState, layer: number): LayersState {
	return { ...state, layer, tops: { 'layer details': 0, 'file details': 0 } };
}

/** The details of another file begin at their first line. */
export function withTopOfFile(state: LayersState): LayersState {
	return state.tops['file details'] === 0 ? state : { ...state, tops: { ...state.tops, 'file details': 0 } };
}

function scrollDetails(
	scene: LayersScene,
	pane: 'layer details' | 'file details',
	{ step, direction }: { readonly step: Step; readonly direction: 1 | -1 },
): LayersState {
	const { state } = scene;
	const { height } = arrangementOf(scene).panes[pane];
	const window = { top: state.tops[pane], total: detailLines(scene, pane).length, height };
	return { ...state, tops: { ...state.tops, [pane]: scrollBy(window, step, direction) } };
}
