import { changedCountAt, nodeCountAt } from '../../../../../filetree/comparison.ts';
import { formatCount } from '../../../../../text/bytes.ts';
import { escapeForTerminal } from '../../../../../text/escape.ts';
import { cellWidth, cutText } from '../../../../../text/width.ts';
import { fitEnds, fitLine } from '../../../cells.ts';
import { shownPath } from '../../../frame/names.ts';
import { titleLine } from '../../../frame/title-line.ts';
import { type Line, span } from '../../../line.ts';
import { type ScrollWindow, topOf } from '../../../list-window.ts';
import type { SortOrder } from '../../../rows/child-order.ts';
import type { TreeRows } from '../../../tree/tree-rows.ts';
import type { ViewFrame } from '../../view.ts';
import type { DetailRow } from '../detail-rows.ts';
import { heading } from '../heading.ts';
import { layersSummary } from '../layers/layers-summary.ts';
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
	const name = changedHead(width - 2);
	const title = { name, facts: listFacts(scene).join(' · ') };
	const empty = [fitLine([span(` ${emptyReason(scene)}`, 'faint')], width - 1)];
	return {
		title: titleLine(title, width, state.focus === 'list'),
		lines: list.total === 0 ? empty : changedLines(scene, rows),
		window: { top: topOf(list), total: list.total, height: list.height },
	};
}

const orderNames: Readonly<Record<SortOrder, string>> = {
	delta: 'by delta',
	name: 'by name',
	size: 'by size',
	'new-size': 'by new size',
};

/** What is hidden, and how the rows are sorted and filtered. */
function listFacts({ state, subject, isFilterTyped }: ChangedFilesScene): readonly string[] {
	const { hideUnchanged, order, isReversed, filter } = state;
	const { comparison } = subject;
	const unchanged = nodeCountAt(comparison, 0) - changedCountAt(comparison, 0);
	return [
		...(filter.text !== '' && !isFilterTyped ? [`filter ${escapeForTerminal(filter.text)}`] : []),
		hideUnchanged ? `${formatCount(unchanged)} unchanged hidden` : 'all paths',
		...(order === 'delta' && !isReversed ? [] : [`${orderNames[order]}${isReversed ? ', reversed' : ''}`]),
	];
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
	const title = { name: `layers: ${layersSummary(subject)}`, facts: '' };
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
