import { applyFilter, noFilter } from '../../filter/filter.ts';
import { updateTree } from '../../tree/update-tree.ts';
import type { CommonAction } from '../view.ts';
import type { FilesAction } from './files-action.ts';
import { filesPanes } from './files-layout.ts';
import { type FilesScene, type FilesState, type FilesStep, fileRows, otherScope } from './files-state.ts';
import { moveFiles } from './move.ts';

export function updateFiles(scene: FilesScene, action: CommonAction | FilesAction): FilesStep {
	if (action.type === 'move') return moveFiles(scene, action.step, action.direction);
	return { state: changed(scene, action), effects: [] };
}

type Change = Exclude<CommonAction | FilesAction, { readonly type: 'move' }>;

function changed(scene: FilesScene, action: Change): FilesState {
	const { state, subject } = scene;
	switch (action.type) {
		case 'focus-next':
			return focusNext(state, action.direction);
		case 'show-files':
		case 'focus-filtered':
			return { ...state, focus: 'files' };
		case 'toggle-scope':
			return { ...state, scope: otherScope(state.scope) };
		case 'step-out':
			if (state.filter.text !== '') return { ...state, filter: noFilter };
			return state.focus === 'layers' ? state : { ...state, focus: 'layers' };
		case 'filter':
			return { ...state, filter: applyFilter(subject.tree, action.text) };
		case 'image-prepared':
			return { ...state, isImagePrepared: true };
		default:
			return updateTree(state, action, { rows: () => fileRows(scene), orders: ['name', 'size'] });
	}
}

function focusNext(state: FilesState, direction: 1 | -1): FilesState {
	const index = filesPanes.indexOf(state.focus) + direction + filesPanes.length;
	return { ...state, focus: filesPanes[index % filesPanes.length] };
}
