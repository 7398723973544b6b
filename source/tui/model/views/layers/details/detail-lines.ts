import { fitLine } from '../../../cells.ts';
import { type Line, span } from '../../../line.ts';
import { arrangementOf, fileRows, type LayersScene } from '../layers-state.ts';
import { fileDetails } from './file-details.ts';
import { imageDetails } from './image-details.ts';
import { layerDetails } from './layer-details.ts';

/** All lines of the details of the file under the cursor, or of the selected layer and then the image. The pane shows a part of them. */
export function detailLines(scene: LayersScene, pane: 'layer details' | 'file details'): readonly Line[] {
	const { width } = arrangementOf(scene).panes[pane];
	const room = width - 2;
	const rows =
		pane === 'file details'
			? fileDetails(scene, fileRows(scene), room)
			: [...layerDetails(scene, room), [], ...imageDetails(scene.subject, room)];
	return rows.map((spans) => fitLine([span(' '), ...spans], width));
}
