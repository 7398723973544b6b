import { formatCount } from '../../../../text/bytes.ts';
import { formatInstruction } from '../../../../text/instruction.ts';
import { cellWidth, cutText } from '../../../../text/width.ts';
import { fitEnds, fitLine } from '../../cells.ts';
import { shownPath } from '../../frame/names.ts';
import { type Line, span } from '../../line.ts';
import type { TreeRows } from '../../tree/tree-rows.ts';
import type { LayersScene } from './layers-state.ts';

/** The footer line that says where the user is: the selected layer, or the path under the cursor. */
export function placeLine(scene: LayersScene, rows: TreeRows): Line {
	const { focus } = scene.state;
	return focus === 'files' || focus === 'file details' ? filePlace(scene, rows) : layerPlace(scene);
}

function layerPlace({ state, subject: image, size }: LayersScene): Line {
	const { layer } = state;
	const instruction = image.description.layers[layer]?.instruction ?? null;
	const position = `${layer + 1} of ${image.tree.layerCount} `;
	const place = instruction === null ? `Layer ${layer + 1}` : formatInstruction(instruction);
	const text = cutText(place, size.columns - cellWidth(position) - 3);
	return fitEnds([span(` ${text}`)], [span(position, 'faint')], size.columns);
}

function filePlace({ subject: image, size }: LayersScene, { node, list }: TreeRows): Line {
	const { columns } = size;
	if (node === null) return fitLine([span(' No file', 'faint')], columns);
	const position = `${formatCount(list.index + 1)} of ${formatCount(list.total)} `;
	const path = cutText(shownPath(image.tree, node), columns - cellWidth(position) - 3, 'start');
	return fitEnds([span(` ${path}`)], [span(position, 'faint')], columns);
}
