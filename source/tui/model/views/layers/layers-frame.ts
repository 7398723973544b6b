import { type FrameColumn, fillLines } from '../../frame/frame-column.ts';
import { type PaneTitle, titleLine } from '../../frame/title-line.ts';
import { type Line, span } from '../../line.ts';
import type { TreeRows } from '../../tree/tree-rows.ts';
import type { ViewFrame } from '../view.ts';
import { detailLines } from './details/detail-lines.ts';
import { headRows, type LayersPane } from './layers-layout.ts';
import { arrangementOf, fileRows, type LayersScene } from './layers-state.ts';
import { layerLines } from './list/layer-lines.ts';
import { filesTitle, fileTitle, layerTitle, windowText } from './pane-titles.ts';
import { placeLine } from './place-line.ts';
import { fileLines } from './tree/file-lines.ts';
import { verdictLine } from './verdict-line.ts';

/** The layers, what the selected one did, and the details of what the cursors are on: as many of them as there is room for. */
export function layersFrame(scene: LayersScene): ViewFrame {
	const { layout } = scene;
	const { left, right, leftWidth } = arrangementOf(scene);
	const rows = fileRows(scene);
	const hasTitle = right.length > 0;
	const column = (id: string, panes: readonly LayersPane[], width: number): FrameColumn => ({
		id,
		width,
		lines: fillLines(
			panes.flatMap((pane) => paneLines(scene, rows, { pane, hasTitle: hasTitle || pane !== 'layers' })),
			width,
			layout.height,
		),
	});
	const first = column('left', left, leftWidth);
	const columns = hasTitle
		? [
				first,
				{ id: 'divider', width: 1, lines: dividerLines(scene) },
				column('right', right, layout.columns - leftWidth - 1),
			]
		: [first];
	return { heading: [verdictLine(scene)], columns, footer: placeLine(scene, rows) };
}

interface ShownPane {
	readonly pane: LayersPane;
	readonly hasTitle: boolean;
}

function paneLines(scene: LayersScene, rows: TreeRows, { pane, hasTitle }: ShownPane): readonly Line[] {
	const { width, height } = arrangementOf(scene).panes[pane];
	const { title, lines } = contentOf(scene, rows, pane);
	const shown = fillLines(lines, width, height + headRows(pane, false));
	return hasTitle ? [titleLine(title, width, scene.state.focus === pane), ...shown] : shown;
}

interface PaneContent {
	readonly title: PaneTitle;
	readonly lines: readonly Line[];
}

function contentOf(scene: LayersScene, rows: TreeRows, pane: LayersPane): PaneContent {
	if (pane === 'layers') return { title: { name: 'Layers', facts: '' }, lines: layerLines(scene) };
	if (pane === 'files') return { title: filesTitle(scene, rows.projection), lines: fileLines(scene, rows) };
	const { height } = arrangementOf(scene).panes[pane];
	const top = scene.state.tops[pane];
	const lines = detailLines(scene, pane);
	const name = pane === 'layer details' ? layerTitle(scene) : fileTitle(scene, rows);
	const facts = windowText({ top, total: lines.length, height });
	return { title: { name, facts }, lines: lines.slice(top, top + height) };
}

/** The line between the columns, with a joint where a title meets it. */
function dividerLines(scene: LayersScene): readonly Line[] {
	const { left, panes } = arrangementOf(scene);
	const joints = new Set<number>();
	let line = 0;
	for (const pane of left) {
		joints.add(line);
		line += headRows(pane, true) + panes[pane].height;
	}
	return Array.from({ length: scene.layout.height }, (_, at) => ({
		spans: [span(at === 0 ? '┬' : joints.has(at) ? '┤' : '│', 'rule')],
		highlight: 'none',
	}));
}
