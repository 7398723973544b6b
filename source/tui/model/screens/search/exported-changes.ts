import { changeKinds } from '../../../../filetree/file-tree.ts';
import type { ExportedTable } from '../../effects/exported-table.ts';
import { shownPath } from '../../frame/names.ts';
import { layerNumber, safeText } from '../../views/list/exported-cells.ts';
import { instructionOf } from '../instruction-of.ts';
import { rowAt, searchList } from './search-list.ts';
import type { SearchScene } from './search-types.ts';

/** What was found, in the order that it is shown in. */
export function exportedChanges(scene: SearchScene): ExportedTable {
	const { subject } = scene;
	const { tree } = subject;
	const list = searchList(scene);
	return {
		name: 'changes',
		columns: ['layer', 'change', 'bytes', 'path', 'instruction'],
		count: list.view.total,
		rows: (start, end) =>
			Array.from({ length: Math.min(end, list.view.total) - start }, (_, row) => {
				const { node, change } = rowAt(scene, list, start + row);
				const layer = tree.changeLayers[change];
				return [
					layerNumber(layer),
					changeKinds[tree.changeKindCodes[change]],
					tree.changeBytes[change],
					shownPath(tree, node),
					safeText(instructionOf(subject, layer)),
				];
			}),
		items: null,
	};
}
