import type { Effect } from '../../effect.ts';
import type { FilesAction } from './files-action.ts';
import { type FilesContent, otherScope, projectionKey } from './files-state.ts';

type FilesEffect = Effect<FilesAction>;

/** Layers are mostly looked at from the lowest one up. While an image is still being worked out there is better to do. */
export function prepareFirst(content: FilesContent): readonly FilesEffect[] {
	return content.image.stage.kind === 'complete' ? [prepareNext(content, 1)] : [];
}

/** Works out the rows of the layer that comes next in a direction, and beyond the last layer those of all together. */
export function prepareNext({ state, image }: FilesContent, direction: 1 | -1): FilesEffect {
	const layer = state.layer + direction;
	const isLayer = layer >= 0 && layer < image.tree.layerCount;
	const next = isLayer ? { ...state, layer } : { ...state, scope: otherScope(state.scope) };
	return { type: 'prepare', projector: state.projector, key: projectionKey({ state: next, image }) };
}

/** Works out, once the image is complete, what is of use wherever the user goes in it. */
export function prepareImage({ state, image }: FilesContent): readonly FilesEffect[] {
	if (image.stage.kind !== 'complete' || state.isImagePrepared) return [];
	const done = { type: 'image-prepared' } as const;
	return [{ type: 'prepare-image', projector: state.projector, tree: image.tree, done }];
}
