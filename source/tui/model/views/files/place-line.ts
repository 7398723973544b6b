import { formatCount } from '../../../../text/bytes.ts';
import { formatInstruction } from '../../../../text/instruction.ts';
import { cellWidth, cutText } from '../../../../text/width.ts';
import { fitEnds, fitLine } from '../../cells.ts';
import { shownPath } from '../../frame/names.ts';
import { type Line, span } from '../../line.ts';
import type { TreeRows } from '../../tree/tree-rows.ts';
import type { FilesScene, FilesState } from './files-state.ts';

/** The footer line that says where the user is: the selected layer, or the path under the cursor. */
export function placeLine(scene: FilesScene, rows: TreeRows): Line {
	return scene.state.focus === 'files' ? filePlace(scene, rows) : layerPlace(scene);
}

function layerPlace({ state, subject: image, size }: FilesScene): Line {
	const { layer } = state;
	const instruction = image.description.layers[layer]?.instruction ?? null;
	const position = `${layer + 1} / ${image.tree.layerCount} `;
	const place = instruction === null ? `Layer ${layer + 1}` : formatInstruction(instruction);
	const text = cutText(place, size.columns - cellWidth(position) - 3);
	return fitEnds([span(` ${text}`)], [span(position, 'faint')], size.columns);
}

function filePlace({ state, subject: image, size }: FilesScene, { node, list }: TreeRows): Line {
	const { columns } = size;
	if (node === null) return fitLine([span(` ${emptyReason(state)}`, 'faint')], columns);
	const position = `${formatCount(list.index + 1)} / ${formatCount(list.total)} `;
	const path = cutText(shownPath(image.tree, node), columns - cellWidth(position) - 3, 'start');
	return fitEnds([span(` ${path}`)], [span(position, 'faint')], columns);
}

/** Why there are no rows. */
function emptyReason({ filter, hideUnchanged }: FilesState): string {
	if (filter.matches !== null) return 'Nothing here matches the filter.';
	return hideUnchanged ? 'This layer changes nothing.' : 'There are no files here.';
}
