import { computeLayout } from './layout.ts';
import type { ListView } from './list-window.ts';
import type { ExplorerState } from './state.ts';

/** The list of layers as a window on its rows. */
export function layersView(state: ExplorerState): ListView {
	const { layerCount } = state.image.tree;
	return {
		total: layerCount,
		height: computeLayout(state.size, layerCount).panes.layers.height,
		index: state.layer,
		line: state.lines.layers,
	};
}
