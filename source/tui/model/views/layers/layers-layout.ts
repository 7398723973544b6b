import { FOOTER_ROWS, type Size } from '../../layout.ts';
import { clamp } from '../../list-window.ts';
import type { PaneArea } from '../../pointing/pane-area.ts';

/** The panes in the order in which Tab visits them. */
export const layersPanes = ['layers', 'files', 'file details', 'layer details'] as const;
export type LayersPane = (typeof layersPanes)[number];

/** The room of the view. What the panes get of it depends on what the user chose as well: see `arrange`. */
export interface LayersLayout {
	readonly columns: number;
	/** Lines between the heading and the footer. */
	readonly height: number;
	/** `alone`: there is room for one pane at a time. */
	readonly placing: 'beside' | 'stacked' | 'alone';
	/** Lines that the list of layers has. */
	readonly listRows: number;
}

/** What the user chose of the layout. */
export interface LayoutChoice {
	readonly focus: LayersPane;
	readonly isZoomed: boolean;
	/** Steps by which the list of layers is wider, or higher, than by itself. */
	readonly widening: number;
}

/** Sizes without the titles of panes. */
export interface PaneSize {
	readonly width: number;
	readonly height: number;
}

/** Which panes are on the screen, the uppermost first, and how large they are. */
export interface Arrangement {
	readonly left: readonly LayersPane[];
	/** Empty where there is one column alone. */
	readonly right: readonly LayersPane[];
	readonly leftWidth: number;
	readonly panes: Readonly<Record<LayersPane, PaneSize>>;
}

/** The line with the views, and the verdict on the image. */
export const HEADING_ROWS = 2;
const TITLE_ROWS = 1;
const DIVIDER_COLUMNS = 1;
const BESIDE_COLUMNS = 100;
const STACKED_ROWS = 20;
const CELLS_A_STEP = 4;
const MINIMUM_LEFT = 30;
const MINIMUM_RIGHT = 40;
const MAXIMUM_LEFT = 84;

export function layersLayout({ columns, rows }: Size, listRows: number): LayersLayout {
	const height = Math.max(0, rows - FOOTER_ROWS - HEADING_ROWS);
	const placing = rows < STACKED_ROWS ? 'alone' : columns < BESIDE_COLUMNS ? 'stacked' : 'beside';
	return { columns, height, placing, listRows };
}

/** The panes on the screen. */
export function arrange(layout: LayersLayout, choice: LayoutChoice): Arrangement {
	if (layout.placing === 'alone' || choice.isZoomed) return alone(layout, choice);
	return layout.placing === 'stacked' ? stacked(layout, choice) : beside(layout, choice);
}

/** Lines above the rows of a pane: the title, and the names of columns. The verdict is the title of a list without one of its own. */
export function headRows(pane: LayersPane, hasTitle: boolean): number {
	const names = pane === 'layers' || pane === 'files' ? 1 : 0;
	return names + (hasTitle ? TITLE_ROWS : 0);
}

function alone({ columns, height }: LayersLayout, { focus }: LayoutChoice): Arrangement {
	const size = (pane: LayersPane) => ({
		width: columns,
		height: Math.max(1, height - headRows(pane, pane !== 'layers')),
	});
	return { left: [focus], right: [], leftWidth: columns, panes: eachPane(size) };
}

/** The details are those of what the cursor is on. */
function stacked({ columns, height, listRows }: LayersLayout, choice: LayoutChoice): Arrangement {
	const details = detailsOf(choice.focus);
	const detailsHeight = clamp(Math.floor(height * 0.14), 2, 8);
	const room = height - headRows('layers', false) - headRows('files', true) - TITLE_ROWS - detailsHeight;
	const most = clamp(Math.floor(room * 0.45) + choice.widening, 1, room - 3);
	const layersHeight = clamp(listRows, 1, most);
	const heights = {
		layers: layersHeight,
		files: room - layersHeight,
		'file details': detailsHeight,
		'layer details': detailsHeight,
	};
	return {
		left: ['layers', 'files', details],
		right: [],
		leftWidth: columns,
		panes: eachPane((pane) => ({ width: columns, height: heights[pane] })),
	};
}

function detailsOf(focus: LayersPane): LayersPane {
	if (focus === 'files') return 'file details';
	return focus === 'layers' ? 'layer details' : focus;
}

function beside({ columns, height, listRows }: LayersLayout, { widening }: LayoutChoice): Arrangement {
	const wanted = clamp(Math.floor(columns * 0.43), MINIMUM_LEFT, MAXIMUM_LEFT) + widening * CELLS_A_STEP;
	const leftWidth = clamp(wanted, MINIMUM_LEFT, columns - MINIMUM_RIGHT - DIVIDER_COLUMNS);
	const room = height - headRows('layers', true) - 2 * TITLE_ROWS;
	const layersHeight = clamp(listRows, 1, Math.max(1, Math.floor(room * 0.4)));
	const details = room - layersHeight;
	const ofFile = clamp(Math.floor(details * 0.45), 1, 12);
	const right = {
		width: columns - leftWidth - DIVIDER_COLUMNS,
		height: Math.max(1, height - headRows('files', true)),
	};
	const left = { layers: layersHeight, 'layer details': details - ofFile, 'file details': ofFile };
	return {
		left: ['layers', 'layer details', 'file details'],
		right: ['files'],
		leftWidth,
		panes: eachPane((pane) => (pane === 'files' ? right : { width: leftWidth, height: left[pane] })),
	};
}

function eachPane(size: (pane: LayersPane) => PaneSize): Arrangement['panes'] {
	return {
		layers: size('layers'),
		files: size('files'),
		'file details': size('file details'),
		'layer details': size('layer details'),
	};
}

/** Where the panes are. */
export function areasOf({ left, right, leftWidth, panes }: Arrangement): readonly PaneArea<LayersPane>[] {
	const column = (shown: readonly LayersPane[], start: number): readonly PaneArea<LayersPane>[] => {
		let below = 0;
		return shown.map((pane) => {
			const top = below + headRows(pane, pane !== 'layers' || right.length > 0);
			below = top + panes[pane].height;
			return { pane, left: start, top, ...panes[pane] };
		});
	};
	return [...column(left, 0), ...column(right, leftWidth + DIVIDER_COLUMNS)];
}
