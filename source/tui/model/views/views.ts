import { filesView } from './files/files-view.ts';
import type { View } from './view.ts';

/** All views. The first one is shown first. To add a view, add a folder beside this file and a line here. */
const list = {
	files: filesView,
};

export type ViewId = keyof typeof list;

type TypesIn<Record> = Record extends View<infer Types> ? Types : never;

/** The types of each view. */
export type TypesOf = { readonly [Id in ViewId]: TypesIn<(typeof list)[Id]> };

export type ViewStates = { readonly [Id in ViewId]: TypesOf[Id]['state'] };

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
