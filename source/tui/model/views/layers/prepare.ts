import type { Effect } from '../../effects/effect.ts';
import type { LayersAction } from './layers-action.ts';
import { type LayersContent, layersKey, nextScope } from './layers-state.ts';

type LayersEffect = Effect<LayersAction>;

/** Prepares the second layer, as users mostly go through the layers from the lowest up. An incomplete image has more urgent work. */
export function prepareFirst(content: LayersContent): readonly LayersEffect[] {
	return content.subject.stage.kind === 'complete' ? [prepareNext(content, 1)] : [];
}

/** Prepares the next layer in a direction. After the last layer, prepares the next scope instead. */
export function prepareNext({ state, subject }: LayersContent, direction: 1 | -1): LayersEffect {
	const layer = state.layer + direction;
	const isLayer = layer >= 0 && layer < subject.tree.layerCount;
	return isLayer ? prepare({ state: { ...state, layer }, subject }) : prepareNextScope({ state, subject });
}

/** Prepares the scope that comes after this one, as users mostly go through all of them. */
export function prepareNextScope({ state, subject }: LayersContent): LayersEffect {
	return prepare({ state: { ...state, scope: nextScope(state.scope) }, subject });
}

function prepare(content: LayersContent): LayersEffect {
	return { type: 'prepare', projector: content.state.projector, key: layersKey(content) };
}

/** Prepares what helps wherever the user goes, once the image is complete. */
export function prepareImage({ state, subject }: LayersContent): readonly LayersEffect[] {
	if (subject.stage.kind !== 'complete' || state.isImagePrepared) return [];
	const done = { type: 'image-prepared' } as const;
	return [{ type: 'prepare-image', projector: state.projector, tree: subject.tree, done }];
}
