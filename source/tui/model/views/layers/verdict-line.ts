import { nameLayers, nameOfImage } from '../../../../image/image.ts';
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

/** The least of a long name that tells images apart. */
const MINIMUM_NAME = 16;
/** From so many columns on, facts have their words. */
const WIDE_COLUMNS = 76;

/** How much is said: the first way in which the name fits, or as much of it as has to. */
const ways = ['in words', 'short', 'without size', 'without choice'] as const;
type Way = (typeof ways)[number];

type ReadingStage = Extract<Stage, { readonly kind: 'reading' }>;

/** The image, its size, what of that is wasted, and which layers are on the screen. Of a long name, the end. */
export function verdictLine(scene: LayersScene): Line {
	const { subject: image, layout } = scene;
	const { columns: width } = layout;
	const name = escapeForTerminal(nameOfImage(image));
	const forms = (width < WIDE_COLUMNS ? ways.slice(1) : ways).map((way) => {
		const facts = factSpans(scene, way);
		return { facts, room: width - facts.reduce((sum, { text }) => sum + cellWidth(text) + 3, 0) - 4 };
	});
	const { facts, room } =
		forms.find((form) => cellWidth(name) <= form.room) ??
		forms.find((form) => form.room >= MINIMUM_NAME) ??
		forms[forms.length - 1];
	const rule = scene.state.focus === 'layers' ? '━' : '─';
	const style = rule === '━' ? 'heading' : 'rule';
	const spans = [span(`${rule} `, style), span(cutText(name, Math.max(1, room), 'start'), 'heading')];
	for (const fact of facts) spans.push(span(` ${rule} `, style), fact);
	const cells = spans.reduce((sum, { text }) => sum + cellWidth(text), 0);
	return fitLine([...spans, span(` ${rule.repeat(Math.max(0, width - cells - 1))}`, style)], width);
}

function factSpans(scene: LayersScene, way: Way): readonly Span[] {
	const choice = way === 'without choice' ? null : choiceText(scene.subject);
	return [
		...(choice === null ? [] : [span(choice, 'key')]),
		...figureSpans(scene, way),
		span(positionText(scene, way === 'in words')),
	];
}

function figureSpans({ subject }: LayersScene, way: Way): readonly Span[] {
	const { figures, stage } = subject;
	const missing = leftOut(subject);
	if (stage.kind === 'reading') return [span(readingText(stage, way === 'in words'))];
	const { totalBytes, wastedBytes, efficiency } = figures;
	const lacks = missing.length === 0 ? [] : [span(`without ${nameLayers(missing)}`, 'warning')];
	const size = way === 'without size' || way === 'without choice' ? [] : [span(formatBytes(totalBytes))];
	const label = way === 'in words' ? 'efficiency' : 'eff.';
	return [
		...lacks,
		...size,
		span(`wasted ${formatBytes(wastedBytes)}`, wastedBytes > 0 ? 'warning' : 'plain'),
		span(`${label} ${formatPercent(efficiency)}`, efficiency < 0.9 ? 'warning' : 'good'),
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
