import { FOOTER_ROWS, type Size } from '../../layout.ts';
import { clamp } from '../../list-window.ts';

/** The panes in the order in which Tab visits them. */
export const filesPanes = ['layers', 'details', 'files'] as const;
export type FilesPane = (typeof filesPanes)[number];

/** The sizes of the panes without their titles, and of the columns. */
export interface FilesLayout {
	/** Cells of the left column, without the line between the columns. */
	readonly leftWidth: number;
	/** Lines of each column, including the titles of the panes. */
	readonly height: number;
	readonly panes: Readonly<Record<FilesPane, PaneSize>>;
}

export interface PaneSize {
	readonly width: number;
	readonly height: number;
}

const TITLE_ROWS = 1;
const DIVIDER_COLUMNS = 1;
const MINIMUM_LEFT = 32;
const MAXIMUM_LEFT = 78;
const MINIMUM_DETAILS = 9;

/** The list of layers is as high as necessary, but leaves at least half of the column to the details. */
export function filesLayout({ columns, rows }: Size, layerCount: number): FilesLayout {
	const leftWidth = clamp(Math.floor(columns * 0.4), MINIMUM_LEFT, MAXIMUM_LEFT);
	const height = Math.max(0, rows - FOOTER_ROWS);
	const listRows = Math.max(0, height - 2 * TITLE_ROWS);
	const most = Math.max(1, Math.min(Math.ceil(listRows / 2), listRows - MINIMUM_DETAILS));
	const layersHeight = clamp(layerCount, 1, most);
	return {
		leftWidth,
		height,
		panes: {
			layers: { width: leftWidth, height: layersHeight },
			details: { width: leftWidth, height: Math.max(0, listRows - layersHeight) },
			files: {
				width: Math.max(0, columns - leftWidth - DIVIDER_COLUMNS),
				height: Math.max(0, height - TITLE_ROWS),
			},
		},
	};
}
