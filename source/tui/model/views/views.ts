import type { SubjectKind } from '../subject.ts';
import { configChangesView } from './difference/config/config-changes-view.ts';
import { figuresView } from './difference/figures/figures-view.ts';
import { changedFilesView } from './difference/files/changed-files-view.ts';
import { alignedLayersView } from './difference/layers/aligned-layers-view.ts';
import { filesView } from './files/files-view.ts';
import type { View } from './view.ts';

/** All views. Of what is shown, the first one of its kind is shown first. To add a view, add a folder beside this file and a line here. */
const list = {
	files: filesView,
	'changed-files': changedFilesView,
	'aligned-layers': alignedLayersView,
	'config-changes': configChangesView,
	figures: figuresView,
};

export type ViewId = keyof typeof list;

type TypesIn<Record> = Record extends View<infer Types> ? Types : never;

/** The types of each view. */
export type TypesOf = { readonly [Id in ViewId]: TypesIn<(typeof list)[Id]> };

/** The states of the views of one subject. */
export type ViewStates = { readonly [Id in ViewId]?: TypesOf[Id]['state'] };

/** An action of one view. */
export type ViewAction<Id extends ViewId = ViewId> = {
	readonly [Each in Id]: {
		readonly type: 'view';
		readonly view: Each;
		readonly action: TypesOf[Each]['action'];
	};
}[Id];

export type ViewPane = TypesOf[ViewId]['pane'];

export const views: { readonly [Id in ViewId]: View<TypesOf[Id]> } = list;

export const viewIds = Object.keys(list) as readonly ViewId[];

/** The views of one kind of subject, in the order in which they are numbered. */
export function viewsOf(kind: SubjectKind): readonly ViewId[] {
	return viewIds.filter((id) => views[id].kind === kind);
}
