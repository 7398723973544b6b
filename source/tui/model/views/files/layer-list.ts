import type { ListView } from '../../list-window.ts';
import type { FilesScene } from './files-state.ts';

/** The list of layers, of which the pane shows a window. */
export function layerList({ state, subject, layout }: FilesScene): ListView {
	return {
		total: subject.tree.layerCount,
		height: layout.panes.layers.height,
		index: state.layer,
		line: state.lines.layers,
	};
}
