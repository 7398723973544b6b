import { nameLayers } from '../../../../image/image.ts';
import { formatBytes, formatPercent } from '../../../../text/bytes.ts';
import { escapeForTerminal } from '../../../../text/escape.ts';
import { cellWidth, cutText } from '../../../../text/width.ts';
import { fitLine } from '../../cells.ts';
import { percentOf, secondsText } from '../../frame/figures.ts';
import { type Line, type Span, span } from '../../line.ts';
import { topOf } from '../../list-window.ts';
import { leftOut, type Stage } from '../../opened-image.ts';
import { choiceText } from '../image/choice-text.ts';
import type { LayersScene } from './layers-state.ts';
import { layerList, listRows } from './list/list-rows.ts';

const MINIMUM_NAME = 10;

type ReadingStage = Extract<Stage, { readonly kind: 'reading' }>;

/** The image, its size, what of that is wasted, and which layers are on the screen. Of a long name, the end. */
export function verdictLine(scene: LayersScene): Line {
	const { subject: image, layout } = scene;
	const { columns: width } = layout;
	const name = escapeForTerminal(image.description.names[0] ?? image.reference);
	const isWide = width >= 76;
	const choice = isWide ? choiceText(image) : null;
	const facts = [
		...(choice === null ? [] : [span(choice, 'key')]),
		...figureSpans(scene, isWide),
		span(positionText(scene, isWide)),
	];
	const rule = scene.state.focus === 'layers' ? '━' : '─';
	const style = rule === '━' ? 'heading' : 'rule';
	const factCells = facts.reduce((sum, { text }) => sum + cellWidth(text) + 3, 0);
	const shown = cutText(name, Math.max(MINIMUM_NAME, width - factCells - 4), 'start');
	const spans = [span(`${rule} `, style), span(shown, 'heading')];
	for (const fact of facts) spans.push(span(` ${rule} `, style), fact);
	const cells = spans.reduce((sum, { text }) => sum + cellWidth(text), 0);
	return fitLine([...spans, span(` ${rule.repeat(Math.max(0, width - cells - 1))}`, style)], width);
}

function figureSpans({ subject }: LayersScene, isWide: boolean): readonly Span[] {
	const { figures, stage } = subject;
	const missing = leftOut(subject);
	if (stage.kind === 'reading') return [span(readingText(stage, isWide))];
	const { totalBytes, wastedBytes, efficiency } = figures;
	return [
		...(missing.length === 0 ? [] : [span(`without ${nameLayers(missing)}`, 'warning')]),
		span(formatBytes(totalBytes)),
		span(`wasted ${formatBytes(wastedBytes)}`, wastedBytes > 0 ? 'warning' : 'plain'),
		span(
			`${isWide ? 'efficiency ' : 'eff. '}${formatPercent(efficiency)}`,
			efficiency < 0.9 ? 'warning' : 'good',
		),
	];
}

function readingText({ progress, elapsedSeconds = 0 }: ReadingStage, isWide: boolean): string {
	if (progress === null) return 'reading';
	const { bytesDone, bytesTotal } = progress;
	if (bytesDone === 0)
		return `${isWide ? 'waiting for the first bytes' : 'waiting'}${secondsText(elapsedSeconds)}`;
	if (bytesTotal === null || bytesTotal === 0) return `reading ${formatBytes(bytesDone)}`;
	return `reading ${percentOf(bytesDone, bytesTotal)}`;
}

/** How many layers there are, and which of them the list shows. */
function positionText(scene: LayersScene, isWide: boolean): string {
	const { layerCount } = scene.subject.tree;
	const count = layerCount === 1 ? '1 layer' : `${layerCount} layers`;
	const list = layerList(scene);
	const top = topOf(list);
	const shown = listRows(scene.subject)
		.slice(top, top + list.height)
		.flatMap((row) => (row.kind === 'layer' ? [row.layer + 1] : []));
	if (shown.length === layerCount || shown.length === 0) return count;
	const range = `${shown[0]}–${shown.at(-1)}`;
	return isWide ? `${count}, ${range}` : `${range} of ${layerCount}`;
}
