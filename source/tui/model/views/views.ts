import type { SubjectKind } from '../subject.ts';
import { configChangesView } from './difference/config/config-changes-view.ts';
import { figuresView } from './difference/figures/figures-view.ts';
import { changedFilesView } from './difference/files/changed-files-view.ts';
import { findingChangesView } from './difference/findings/finding-changes-view.ts';
import { alignedLayersView } from './difference/layers/aligned-layers-view.ts';
import { packageChangesView } from './difference/packages/package-changes-view.ts';
import { copiesView } from './image/copies/copies-view.ts';
import { deletedView } from './image/deleted/deleted-view.ts';
import { findingsView } from './image/findings/findings-view.ts';
import { packagesView } from './image/packages/packages-view.ts';
import { imageView } from './image/whole/image-view.ts';
import { layersView } from './layers/layers-view.ts';
import type { View } from './view.ts';

/** All views. Of what is shown, the first one of its kind is shown first. To add a view, add a folder beside this file and a line here. */
const list = {
	layers: layersView,
	findings: findingsView,
	copies: copiesView,
	packages: packagesView,
	deleted: deletedView,
	image: imageView,
	'changed-files': changedFilesView,
	'aligned-layers': alignedLayersView,
	'package-changes': packageChangesView,
	'finding-changes': findingChangesView,
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
