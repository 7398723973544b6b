import type { HistoryRow } from './history-rows.ts';

export interface HistoryTypes {
	readonly id: 'history';
	readonly state: HistoryState;
	readonly action: HistoryAction;
}

export interface HistoryState {
	readonly node: number;
	readonly rows: readonly HistoryRow[];
	/** The row with the cursor, and the line of the window that it is on. */
	readonly index: number;
	readonly line: number;
}

export type HistoryAction = { readonly type: 'close' | 'go' | 'show-file' };
