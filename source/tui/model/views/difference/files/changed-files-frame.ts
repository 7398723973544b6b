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
import type { DetailRow } from '../../list/detail-rows.ts';
import { contentWidth, type PaneContent, twoPaneColumns } from '../../list/two-panes/columns.ts';
import { detailsWindow } from '../../list/two-panes/state.ts';
import type { ViewFrame } from '../../view.ts';
import { heading } from '../heading.ts';
import { layerCounts, layersSummary } from '../layers/layers-summary.ts';
import { changedDetails } from './changed-details.ts';
import { type ChangedFilesScene, changedRows } from './changed-files-state.ts';
import { changedHead, changedLines } from './changed-lines.ts';

export function changedFilesFrame(scene: ChangedFilesScene): ViewFrame {
	const { state, subject, size, layout } = scene;
	const rows = changedRows(scene);
	const contents = { list: listPane(scene, rows), details: detailsPane(scene, rows) };
	return {
		heading: [heading(subject, size.columns)],
		columns: twoPaneColumns(layout, state.focus, contents),
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

/** What is hidden, left out or could not be compared, and the filter: as much as there is room for. */
function listFacts({ state, subject, isFilterTyped }: ChangedFilesScene, room: number): string {
	const { hideUnchanged, filter } = state;
	const { comparison, files, ignore } = subject;
	const hidden = formatCount(nodeCountAt(comparison, 0) - changedCountAt(comparison, 0));
	const others = [
		...(ignore.length === 0 ? [] : [`without ${leftOutText(ignore)}`]),
		...(files.unknownContents === 0 ? [] : [`${formatCount(files.unknownContents)} not compared`]),
		...(filter.text === '' || isFilterTyped ? [] : [`filter ${escapeForTerminal(filter.text)}`]),
		...(filter.matches === null ? [] : ['sums of matches']),
	];
	const facts = hideUnchanged ? [`${hidden} unchanged hidden`, `${hidden} hidden`] : ['all paths'];
	const texts = [...facts.map((fact) => [fact, ...others]), others]
		.filter(({ length }) => length > 0)
		.map((parts) => parts.join(' · '));
	return texts.find((text) => cellWidth(text) <= room) ?? texts[texts.length - 1];
}

function leftOutText([first, ...rest]: readonly string[]): string {
	return rest.length === 0 ? escapeForTerminal(first) : `${formatCount(rest.length + 1)} globs`;
}

/** Why there are no rows. A key is named where it is one, and not a letter of the filter that is typed. */
function emptyReason({ state, subject, isFilterTyped, keyOf }: ChangedFilesScene): string {
	const { filter, hideUnchanged } = state;
	const key = keyOf('toggle-unchanged');
	const isWhole = subject.ignore.length === 0;
	if (nodeCountAt(subject.comparison, 0) === 0)
		return isWhole ? 'Neither image has a file.' : '--ignore leaves out all files.';
	if (!hideUnchanged) return 'Nothing matches the filter.';
	if (filter.matches === null) return `The ${isWhole ? '' : 'other '}files do not differ. ${key} shows them.`;
	return `No change matches the filter.${isFilterTyped ? '' : ` ${key} searches everything.`}`;
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

function detailRows(
	{ subject, layout }: ChangedFilesScene,
	{ node, projection: { sums } }: TreeRows,
): readonly DetailRow[] {
	if (node === null) return [[span('Nothing is selected.', 'faint')]];
	return changedDetails(subject, node, { width: contentWidth(layout.panes.details) - 1, sums });
}

function placeLine(scene: ChangedFilesScene, { node, list }: TreeRows): Line {
	const { subject, size } = scene;
	const { columns } = size;
	if (node === null) return fitLine([span(` ${emptyReason(scene)}`, 'faint')], columns);
	const position = `${formatCount(list.index + 1)} of ${formatCount(list.total)} `;
	const path = cutText(shownPath(subject.tree, node), columns - cellWidth(position) - 3, 'start');
	return fitEnds([span(` ${path}`)], [span(position, 'faint')], columns);
}
