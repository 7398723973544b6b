import { type FrameColumn, fillLines } from '../../frame/frame-column.ts';
import { type PaneTitle, titleLine } from '../../frame/title-line.ts';
import { type Line, span } from '../../line.ts';
import type { ViewFrame } from '../view.ts';
import { detailLines } from './detail-lines.ts';
import { fileLines } from './file-lines.ts';
import type { FilesLayout, FilesPane } from './files-layout.ts';
import { type FilesScene, fileRows } from './files-state.ts';
import { layerLines } from './layer-lines.ts';
import { detailsTitle, filesTitle, layersTitle } from './pane-titles.ts';
import { placeLine } from './place-line.ts';

interface Pane {
	readonly title: PaneTitle;
	/** At most as many lines as the pane has. */
	readonly lines: readonly Line[];
}

/** The layers above the details on the left, and the files on the right. */
export function filesFrame(scene: FilesScene): ViewFrame {
	const { leftWidth, height, panes } = scene.layout;
	const rows = fileRows(scene);
	const layers = { title: layersTitle(scene), lines: layerLines(scene) };
	const files = { title: filesTitle(scene, rows.projection), lines: fileLines(scene, rows) };
	const left = [...paneLines(scene, 'layers', layers), ...paneLines(scene, 'details', detailsPane(scene))];
	return {
		heading: [],
		columns: [
			column('left', leftWidth, { lines: left, height }),
			{ id: 'divider', width: 1, lines: dividerLines(scene.layout) },
			column('right', panes.files.width, { lines: paneLines(scene, 'files', files), height }),
		],
		footer: placeLine(scene, rows),
	};
}

function detailsPane(scene: FilesScene): Pane {
	const { height } = scene.layout.panes.details;
	const { detailsTop: top } = scene.state;
	const all = detailLines(scene);
	return {
		title: detailsTitle({ top, height, total: all.length }),
		lines: all.slice(top, top + height),
	};
}

function paneLines({ state, layout }: FilesScene, pane: FilesPane, { title, lines }: Pane): readonly Line[] {
	const { width, height } = layout.panes[pane];
	return [titleLine(title, width, state.focus === pane), ...fillLines(lines, width, height)];
}

function column(
	id: string,
	width: number,
	{ lines, height }: { readonly lines: readonly Line[]; readonly height: number },
): FrameColumn {
	return { id, width, lines: fillLines(lines, width, height) };
}

/** The line between the columns, with a joint where a title meets it. */
function dividerLines({ height, panes }: FilesLayout): readonly Line[] {
	return Array.from({ length: height }, (_, line) => {
		const joint = line === 0 ? '┬' : line === panes.layers.height + 1 ? '┤' : '│';
		return { spans: [span(joint, 'rule')], highlight: 'none' };
	});
}
