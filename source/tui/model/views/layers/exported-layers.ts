import { attributeOf } from '../../../../filetree/change-attributes.ts';
import { bytesAfterAt, changeAt, isGoneAt, kindAt } from '../../../../filetree/comparison.ts';
import { changeKinds } from '../../../../filetree/file-tree.ts';
import { kindOfEntry } from '../../../../filetree/links.ts';
import { lostAt, shippedAt } from '../../../../filetree/node-amounts.ts';
import { entryKinds } from '../../../../tar/changeset.ts';
import { madeBy } from '../../../../text/instruction.ts';
import type { ExportedTable } from '../../effects/exported-table.ts';
import { attributesOf } from '../../frame/attributes.ts';
import { shownPath } from '../../frame/names.ts';
import { isRead } from '../../opened-image.ts';
import { rowsAt } from '../../rows/row-window.ts';
import { layerNumber, safeText } from '../list/exported-cells.ts';
import { fileRows, type LayersScene } from './layers-state.ts';

/** The files where the cursor is on one of them, else the layers. */
export function exportedLayers(scene: LayersScene): ExportedTable {
	const { focus } = scene.state;
	return focus === 'files' || focus === 'file details' ? files(scene) : layers(scene);
}

function layers({ subject }: LayersScene): ExportedTable {
	const { figures, description } = subject;
	return {
		name: 'layers',
		columns: ['layer', 'shippedBytes', 'storedBytes', 'wastedBytes', 'created', 'instruction'],
		count: figures.layers.length,
		rows: (start, end) =>
			figures.layers.slice(start, end).map(({ index, layerBytes, storedBytes, wastedBytes }) => {
				const described = description.layers[index];
				const made = described === undefined ? null : madeBy(described);
				const isKnown = isRead(subject, index);
				return [
					layerNumber(index),
					isKnown ? layerBytes : null,
					storedBytes,
					isKnown ? wastedBytes : null,
					safeText(described?.created ?? null),
					safeText(made),
				];
			}),
		items: null,
	};
}

/** The rows of the tree, with the sums that they show. */
function files(scene: LayersScene): ExportedTable {
	const { tree } = scene.subject;
	return {
		name: 'files',
		columns: ['change', 'shippedBytes', 'lostBytes', 'afterBytes', 'type', 'mode', 'owner', 'path', 'target'],
		count: fileRows(scene).projection.rowCount,
		rows: (start, end) => {
			const { comparison, sums, index } = fileRows(scene).projection;
			return rowsAt(index, start, end - start).map(({ node }) => {
				const kind = isGoneAt(comparison, node) ? 'removed' : changeKinds[kindAt(comparison, node)];
				const change = changeAt(comparison, node);
				const { owner, target } = attributesOf(tree, change);
				const type = entryKinds[kindOfEntry(tree, change)];
				const mode = attributeOf(tree, change, 'modes').toString(8).padStart(4, '0');
				const amounts = [shippedAt(sums, node), lostAt(sums, node), bytesAfterAt(sums, node)];
				return [kind, ...amounts, type, mode, owner, shownPath(tree, node), target];
			});
		},
		items: null,
	};
}
