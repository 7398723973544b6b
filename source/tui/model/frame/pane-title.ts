import { changedCountAt } from '../../../filetree/comparison.ts';
import { formatBytes, formatCount } from '../../../text/bytes.ts';
import { escapeForTerminal } from '../../../text/escape.ts';
import { cellWidth, cutText } from '../../../text/width.ts';
import { computeLayout, type PaneId } from '../layout.ts';
import { type Line, type Span, span } from '../line.ts';
import { isRead, type Stage } from '../opened-image.ts';
import { type ExplorerState, projectionOf, type Scope } from '../state.ts';
import { detailLines } from './detail-lines.ts';

/** What the line above a pane says: its name at the left and facts at the right. */
export interface PaneTitle {
	readonly name: string;
	readonly facts: string;
}

/** The line above a pane. The pane with the focus has a heavy line, so that it can be told without colour. */
export function titleLine(title: PaneTitle, width: number, isFocused: boolean): Line {
	const rule = isFocused ? '━' : '─';
	const style = isFocused ? 'heading' : 'rule';
	const name = cutText(title.name, width - 4);
	const room = width - cellWidth(name) - 4;
	const facts = cutText(title.facts, Math.max(0, room - 3), 'end');
	const factCells = facts === '' ? 0 : cellWidth(facts) + 3;
	const spans: Span[] = [
		span(`${rule} `, style),
		span(name, isFocused ? 'heading' : 'strong'),
		span(` ${rule.repeat(Math.max(0, width - cellWidth(name) - 3 - factCells))}`, style),
	];
	if (facts !== '') spans.push(span(` ${facts} `, 'faint'), span(rule, style));
	return { spans, highlight: 'none' };
}

export function paneTitle(state: ExplorerState, pane: PaneId): PaneTitle {
	switch (pane) {
		case 'layers':
			return layersTitle(state);
		case 'details':
			return detailsTitle(state);
		case 'files':
			return filesTitle(state);
	}
}

function layersTitle({ image }: ExplorerState): PaneTitle {
	const { analysis, stage } = image;
	return {
		name: 'Layers',
		facts: stage.kind === 'reading' ? readingText(stage) : formatBytes(analysis.totalBytes),
	};
}

/** Which lines are shown, where there is not room for all of them. */
function detailsTitle(state: ExplorerState): PaneTitle {
	const { width, height } = computeLayout(state.size, state.image.tree.layerCount).panes.details;
	const total = detailLines(state, width).length;
	const top = state.tops.details;
	return {
		name: 'Details',
		facts: total <= height ? '' : `${top + 1}–${Math.min(total, top + height)} of ${total}`,
	};
}

function readingText({ progress }: Extract<Stage, { readonly kind: 'reading' }>): string {
	if (progress === null || progress.bytesTotal === null || progress.bytesTotal === 0) return 'reading';
	return `reading ${Math.floor(Math.min(1, progress.bytesDone / progress.bytesTotal) * 100)} %`;
}

function filesTitle(state: ExplorerState): PaneTitle {
	const { layer, scope, order, hideUnchanged, filter, prompt } = state;
	const { comparison } = projectionOf(state);
	const name = scope === 'layer' || layer === 0 ? `Layer ${layer + 1}` : `Layers 1–${layer + 1}`;
	const facts = [
		...(isRead(state.image, layer) ? [] : ['not read yet']),
		...(isRead(state.image, layer) || scope !== 'layer'
			? [scopeFact(scope, changedCountAt(comparison, 0))]
			: []),
		...(state.image.stage.kind === 'comparing' ? ['comparing contents'] : []),
		...(order === 'size' ? ['by size'] : []),
		...(hideUnchanged ? ['changes only'] : []),
		...(filter.text !== '' && prompt === null ? [`filter ${escapeForTerminal(filter.text)}`] : []),
	];
	return { name, facts: facts.join(' · ') };
}

function scopeFact(scope: Scope, changeCount: number): string {
	if (scope !== 'layer') return 'together';
	return changeCount === 1 ? '1 change' : `${formatCount(changeCount)} changes`;
}
