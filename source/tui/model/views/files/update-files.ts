import { applyFilter } from '../../filter/filter.ts';
import type { CommonAction } from '../view.ts';
import type { FilesAction } from './files-action.ts';
import { filesPanes } from './files-layout.ts';
import { type FilesScene, type FilesState, type FilesStep, otherScope } from './files-state.ts';
import { goIn, goOut, toggleFold } from './fold.ts';
import { moveFiles } from './move.ts';

export function updateFiles(scene: FilesScene, action: CommonAction | FilesAction): FilesStep {
	if (action.type === 'move') return moveFiles(scene, action.step, action.direction);
	return { state: changed(scene, action), effects: [] };
}

type Change = Exclude<CommonAction | FilesAction, { readonly type: 'move' }>;

function changed(scene: FilesScene, action: Change): FilesState {
	const { state, image } = scene;
	switch (action.type) {
		case 'go-in':
			return goIn(scene);
		case 'go-out':
			return goOut(scene);
		case 'toggle-fold':
			return toggleFold(scene);
		case 'focus-next':
			return focusNext(state, action.direction);
		case 'show-files':
		case 'focus-filtered':
			return { ...state, focus: 'files' };
		case 'toggle-scope':
			return { ...state, scope: otherScope(state.scope) };
		case 'toggle-order':
			return { ...state, order: state.order === 'name' ? 'size' : 'name' };
		case 'toggle-unchanged':
			return { ...state, hideUnchanged: !state.hideUnchanged };
		case 'filter':
			return { ...state, filter: applyFilter(image.tree, action.text) };
		case 'image-prepared':
			return { ...state, isImagePrepared: true };
	}
}

function focusNext(state: FilesState, direction: 1 | -1): FilesState {
	const index = filesPanes.indexOf(state.focus) + direction + filesPanes.length;
	return { ...state, focus: filesPanes[index % filesPanes.length] };
}
