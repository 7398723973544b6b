import { clamp } from './list-window.ts';

/** Cells of the terminal. */
export interface Size {
	readonly columns: number;
	readonly rows: number;
}

/** The smallest terminal on which the panes can be read. */
export const minimumSize: Size = { columns: 80, rows: 24 };

export type PaneId = 'layers' | 'details' | 'files';

/** The panes in the order in which Tab visits them. */
export const paneOrder: readonly PaneId[] = ['layers', 'details', 'files'];

/** Cells of each pane without its title, and where the columns are. */
export interface Layout {
	/** Cells of the left column without the line that parts it from the right one. */
	readonly leftWidth: number;
	readonly panes: Readonly<Record<PaneId, { readonly width: number; readonly height: number }>>;
}

const TITLE_ROWS = 1;
export const FOOTER_ROWS = 2;
const DIVIDER_COLUMNS = 1;
const MINIMUM_LEFT = 32;
const MAXIMUM_LEFT = 78;
const MINIMUM_DETAILS = 9;

export function isTooSmall({ columns, rows }: Size): boolean {
	return columns < minimumSize.columns || rows < minimumSize.rows;
}

/** Where the panes are. The list of layers is as high as it needs to be, but leaves half of the column to the details. */
export function computeLayout({ columns, rows }: Size, layerCount: number): Layout {
	const leftWidth = clamp(Math.floor(columns * 0.4), MINIMUM_LEFT, MAXIMUM_LEFT);
	const bodyRows = Math.max(0, rows - FOOTER_ROWS);
	const listRows = Math.max(0, bodyRows - 2 * TITLE_ROWS);
	const most = Math.max(1, Math.min(Math.ceil(listRows / 2), listRows - MINIMUM_DETAILS));
	const layersHeight = clamp(layerCount, 1, most);
	return {
		leftWidth,
		panes: {
			layers: { width: leftWidth, height: layersHeight },
			details: { width: leftWidth, height: Math.max(0, listRows - layersHeight) },
			files: {
				width: Math.max(0, columns - leftWidth - DIVIDER_COLUMNS),
				height: Math.max(0, bodyRows - TITLE_ROWS),
			},
		},
	};
}
