import { moveInList, type Step, scrollBy } from '../../list-window.ts';
import { moveInTree } from '../../tree/tree-rows.ts';
import { detailLines } from './detail-lines.ts';
import { type FilesScene, type FilesState, type FilesStep, fileRows } from './files-state.ts';
import { layerList } from './layer-list.ts';
import { prepareNext } from './prepare.ts';

/** Moves the cursor of the pane with the focus, or scrolls a pane without a cursor. */
export function moveFiles(scene: FilesScene, step: Step, direction: 1 | -1): FilesStep {
	switch (scene.state.focus) {
		case 'layers':
			return moveLayer(scene, step, direction);
		case 'details':
			return { state: scrollDetails(scene, step, direction), effects: [] };
		case 'files':
			return { state: moveInTree(scene.state, fileRows(scene), { step, direction }), effects: [] };
	}
}

function moveLayer(scene: FilesScene, step: Step, direction: 1 | -1): FilesStep {
	const { state, subject } = scene;
	const { index, line } = moveInList(layerList(scene), step, direction);
	if (index === state.layer) return { state, effects: [] };
	const moved = { ...state, layer: index, lines: { ...state.lines, layers: line }, detailsTop: 0 };
	return { state: moved, effects: [prepareNext({ state: moved, subject }, direction)] };
}

function scrollDetails(scene: FilesScene, step: Step, direction: 1 | -1): FilesState {
	const { state, layout } = scene;
	const { height } = layout.panes.details;
	const window = { top: state.detailsTop, total: detailLines(scene).length, height };
	return { ...state, detailsTop: scrollBy(window, step, direction) };
}
