import { padEnd } from '../cells.ts';
import { computeLayout, FOOTER_ROWS, isTooSmall, type PaneId } from '../layout.ts';
import { type Line, span } from '../line.ts';
import type { ExplorerState } from '../state.ts';
import { detailLines } from './detail-lines.ts';
import { fileLines } from './file-lines.ts';
import { footerLines } from './footer-lines.ts';
import { helpLines } from './help-lines.ts';
import { layerLines } from './layer-lines.ts';
import { paneTitle, titleLine } from './pane-title.ts';
import { tooSmallLines } from './too-small-lines.ts';

/** Everything on the screen, line by line: one column or two, and the footer below. All lines together are as many as the screen has. */
export interface Frame {
	readonly columns: readonly FrameColumn[];
	readonly footer: readonly Line[];
}

export interface FrameColumn {
	readonly id: string;
	readonly width: number;
	readonly lines: readonly Line[];
}

/** The lines of each pane, at most as many as it is high. A new pane is one more row here and its place in the layout. */
const paneLines: Readonly<Record<PaneId, (state: ExplorerState) => readonly Line[]>> = {
	layers: layerLines,
	details: shownDetails,
	files: fileLines,
};

/** What the screen shows in a state. */
export function frameOf(state: ExplorerState): Frame {
	const { columns, rows } = state.size;
	if (isTooSmall(state.size)) {
		return { columns: [{ id: 'message', width: columns, lines: tooSmallLines(state.size) }], footer: [] };
	}
	const footer = footerLines(state);
	const height = rows - FOOTER_ROWS;
	if (state.helpOpen) {
		const lines = fill(helpLines(columns).slice(state.tops.help, state.tops.help + height), columns, height);
		return { columns: [{ id: 'help', width: columns, lines }], footer };
	}
	const left = fill(
		[...paneWithTitle(state, 'layers'), ...paneWithTitle(state, 'details')],
		leftWidthOf(state),
		height,
	);
	return {
		columns: [
			{ id: 'left', width: leftWidthOf(state), lines: left },
			{ id: 'divider', width: 1, lines: dividerLines(state, height) },
			{
				id: 'right',
				width: columns - leftWidthOf(state) - 1,
				lines: fill(paneWithTitle(state, 'files'), columns - leftWidthOf(state) - 1, height),
			},
		],
		footer,
	};
}

function leftWidthOf(state: ExplorerState): number {
	return computeLayout(state.size, state.image.tree.layerCount).leftWidth;
}

function paneWithTitle(state: ExplorerState, pane: PaneId): readonly Line[] {
	const { width, height } = computeLayout(state.size, state.image.tree.layerCount).panes[pane];
	const title = titleLine(paneTitle(state, pane), width, state.focus === pane);
	return [title, ...fill(paneLines[pane](state).slice(0, height), width, height)];
}

function shownDetails(state: ExplorerState): readonly Line[] {
	const { width, height } = computeLayout(state.size, state.image.tree.layerCount).panes.details;
	return detailLines(state, width).slice(state.tops.details, state.tops.details + height);
}

/** The line between the columns, with its joints where a title meets it. */
function dividerLines(state: ExplorerState, height: number): readonly Line[] {
	const { layers } = computeLayout(state.size, state.image.tree.layerCount).panes;
	return Array.from({ length: height }, (_, line) => {
		const joint = line === 0 ? '┬' : line === layers.height + 1 ? '┤' : '│';
		return { spans: [span(joint, 'rule')], highlight: 'none' };
	});
}

function fill(lines: readonly Line[], width: number, height: number): readonly Line[] {
	const missing = Math.max(0, height - lines.length);
	const empty: Line = { spans: [span(padEnd('', width))], highlight: 'none' };
	return [...lines, ...Array.from({ length: missing }, () => empty)];
}
