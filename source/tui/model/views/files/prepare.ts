import type { Effect } from '../../effect.ts';
import type { FilesAction } from './files-action.ts';
import { type FilesContent, filesKey, otherScope } from './files-state.ts';

type FilesEffect = Effect<FilesAction>;

/** Prepares the second layer, as users mostly go through the layers from the lowest up. An incomplete image has more urgent work. */
export function prepareFirst(content: FilesContent): readonly FilesEffect[] {
	return content.subject.stage.kind === 'complete' ? [prepareNext(content, 1)] : [];
}

/** Prepares the next layer in a direction. After the last layer, prepares the other scope instead. */
export function prepareNext({ state, subject }: FilesContent, direction: 1 | -1): FilesEffect {
	const layer = state.layer + direction;
	const isLayer = layer >= 0 && layer < subject.tree.layerCount;
	const next = isLayer ? { ...state, layer } : { ...state, scope: otherScope(state.scope) };
	return { type: 'prepare', projector: state.projector, key: filesKey({ state: next, subject }) };
}

/** Prepares what helps wherever the user goes, once the image is complete. */
export function prepareImage({ state, subject }: FilesContent): readonly FilesEffect[] {
	if (subject.stage.kind !== 'complete' || state.isImagePrepared) return [];
	const done = { type: 'image-prepared' } as const;
	return [{ type: 'prepare-image', projector: state.projector, tree: subject.tree, done }];
}
