import { changedCountAt, nodeCountAt } from '../../../../../filetree/comparison.ts';
import { formatCount } from '../../../../../text/bytes.ts';
import { escapeForTerminal } from '../../../../../text/escape.ts';
import { cellWidth, cutText } from '../../../../../text/width.ts';
import { fitEnds, fitLine } from '../../../cells.ts';
import { shownPath } from '../../../frame/names.ts';
import { titleLine } from '../../../frame/title-line.ts';
import { type Line, span } from '../../../line.ts';
import { type ScrollWindow, topOf } from '../../../list-window.ts';
import type { TreeRows } from '../../../tree/tree-rows.ts';
import type { ViewFrame } from '../../view.ts';
import type { DetailRow } from '../detail-rows.ts';
import { heading } from '../heading.ts';
import { layerCounts, layersSummary } from '../layers/layers-summary.ts';
import { contentWidth, type PaneContent, pairColumns } from '../pair-frame.ts';
import { detailsWindow } from '../pair-state.ts';
import { changedDetails } from './changed-details.ts';
import { type ChangedFilesScene, changedRows } from './changed-files-state.ts';
import { changedHead, changedLines } from './changed-lines.ts';

export function changedFilesFrame(scene: ChangedFilesScene): ViewFrame {
	const { state, subject, size, layout } = scene;
	const rows = changedRows(scene);
	const contents = { list: listPane(scene, rows), details: detailsPane(scene, rows) };
	return {
		heading: heading(subject, size.columns),
		columns: pairColumns(layout, state.focus, contents),
		footer: placeLine(scene, rows),
	};
}

/** The window on the details of the path under the cursor. */
export function changedWindow(scene: ChangedFilesScene): ScrollWindow {
	const all = detailRows(scene, changedRows(scene));
	return detailsWindow(scene.state, all.length, scene.layout.panes.details.height);
}

function listPane(scene: ChangedFilesScene, rows: TreeRows): PaneContent {
	const { state, layout } = scene;
	const { width } = layout.panes.list;
	const { list } = rows;
	const name = changedHead(state, width - 2);
	const title = { name, facts: listFacts(scene, width - cellWidth(name) - 7) };
	const empty = [fitLine([span(` ${emptyReason(scene)}`, 'faint')], width - 1)];
	return {
		title: titleLine(title, width, state.focus === 'list'),
		lines: list.total === 0 ? empty : changedLines(scene, rows),
		window: { top: topOf(list), total: list.total, height: list.height },
	};
}

/** What is hidden or could not be compared, and the filter: as much as there is room for. */
function listFacts({ state, subject, isFilterTyped }: ChangedFilesScene, room: number): string {
	const { hideUnchanged, filter } = state;
	const { comparison, files } = subject;
	const hidden = formatCount(nodeCountAt(comparison, 0) - changedCountAt(comparison, 0));
	const unknown = files.unknownContents === 0 ? '' : ` · ${formatCount(files.unknownContents)} not compared`;
	const filtered = filter.text !== '' && !isFilterTyped ? ` · filter ${escapeForTerminal(filter.text)}` : '';
	const facts = hideUnchanged ? [`${hidden} unchanged hidden`, `${hidden} hidden`] : ['all paths'];
	const texts = facts.map((fact) => fact + unknown + filtered);
	return texts.find((text) => cellWidth(text) <= room) ?? texts[texts.length - 1];
}

/** Why there are no rows. */
function emptyReason({ state: { filter, hideUnchanged } }: ChangedFilesScene): string {
	if (filter.matches !== null)
		return hideUnchanged
			? 'Nothing that changed matches the filter. c searches everything.'
			: 'Nothing matches the filter.';
	return hideUnchanged ? 'The files do not differ. c shows them.' : 'Neither image has a file.';
}

function detailsPane(scene: ChangedFilesScene, rows: TreeRows): PaneContent {
	const { state, subject, layout } = scene;
	const { width, height } = layout.panes.details;
	const all = detailRows(scene, rows);
	const window = detailsWindow(state, all.length, height);
	const summaries = [layersSummary(subject), layerCounts(subject)].map((text) => `layers: ${text}`);
	const name = summaries.find((text) => cellWidth(text) <= width - 4) ?? summaries[1];
	const title = { name, facts: '' };
	return {
		title: titleLine(title, width, state.focus === 'details'),
		lines: all
			.slice(window.top, window.top + height)
			.map((row) => fitLine([span(' '), ...row], contentWidth({ width, height }))),
		window,
	};
}

function detailRows({ subject, layout }: ChangedFilesScene, { node }: TreeRows): readonly DetailRow[] {
	return node === null ? [] : changedDetails(subject, node, contentWidth(layout.panes.details) - 1);
}

function placeLine(scene: ChangedFilesScene, { node, list }: TreeRows): Line {
	const { subject, size } = scene;
	const { columns } = size;
	if (node === null) return fitLine([span(` ${emptyReason(scene)}`, 'faint')], columns);
	const position = `${formatCount(list.index + 1)} / ${formatCount(list.total)} `;
	const path = cutText(shownPath(subject.tree, node), columns - cellWidth(position) - 3, 'start');
	return fitEnds([span(` ${path}`)], [span(position, 'faint')], columns);
}
