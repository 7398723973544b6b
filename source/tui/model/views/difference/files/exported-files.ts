import { bytesAfterAt, bytesBeforeAt, deltaAt } from '../../../../../filetree/comparison.ts';
import type { ExportedTable } from '../../../effects/exported-table.ts';
import { shownPath } from '../../../frame/names.ts';
import { rowsAt } from '../../../rows/row-window.ts';
import { movedFrom } from './changed-facts.ts';
import { type ChangedFilesScene, changedRows } from './changed-files-state.ts';
import { differenceMark } from './difference-letters.ts';

/** The rows of the merged tree, with the sums that they show. */
export function exportedFiles(scene: ChangedFilesScene): ExportedTable {
	const { subject } = scene;
	return {
		name: 'files',
		columns: ['change', 'bytesDelta', 'oldBytes', 'newBytes', 'path', 'movedFrom'],
		count: changedRows(scene).projection.rowCount,
		rows: (start, end) => {
			const { sums, index } = changedRows(scene).projection;
			return rowsAt(index, start, end - start).map(({ node }) => [
				differenceMark(subject, node).letter,
				deltaAt(sums, node),
				bytesBeforeAt(sums, node),
				bytesAfterAt(sums, node),
				shownPath(subject.tree, node),
				movedFrom(subject, node),
			]);
		},
		items: null,
	};
}
