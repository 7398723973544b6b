import type { Size } from '../model/layout.ts';
import type { ExplorerState } from '../model/state.ts';
import { update } from '../model/update.ts';

/** The state on a screen of this size; the same state if the size is the same. */
export function resized(explorer: ExplorerState, size: Size): ExplorerState {
	const { columns, rows } = explorer.size;
	if (columns === size.columns && rows === size.rows) return explorer;
	return update(explorer, { type: 'resize', size });
}
