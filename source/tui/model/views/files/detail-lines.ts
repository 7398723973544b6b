import { type LayerFigures, listedKinds } from '../../../../analysis/figures.ts';
import { type AbsentLayer, absentLayers, nameLayers } from '../../../../image/image.ts';
import { formatPlatform } from '../../../../image/platform.ts';
import { formatBytes, formatPercent } from '../../../../text/bytes.ts';
import { escapeForTerminal } from '../../../../text/escape.ts';
import { formatInstruction, instructionLines } from '../../../../text/instruction.ts';
import { cutText } from '../../../../text/width.ts';
import { fitLine, padEnd, padStart } from '../../cells.ts';
import { COMPARING, changeLetters, changeStyles } from '../../frame/change-letters.ts';
import { changeTotals, pathCount, shortCount } from '../../frame/figures.ts';
import { shownPath } from '../../frame/names.ts';
import { wrap } from '../../frame/wrap.ts';
import { type Line, type Span, type StyleName, span } from '../../line.ts';
import { isRead } from '../../opened-image.ts';
import type { FilesImage, FilesScene } from './files-state.ts';

const LABEL_WIDTH = 11;
const MAXIMUM_INSTRUCTION_LINES = 6;
/** Terminals with fewer rows shorten the instruction, so that the figures of the image are visible below it. */
const ROOMY_ROWS = 32;
const MAXIMUM_FOUND_IN_LINES = 4;
const MAXIMUM_URL_LINES = 3;
const MAXIMUM_WASTED_PATHS = 10;
const MAXIMUM_MESSAGE_LINES = 6;

/** All lines of the details: the selected layer, then the image. The pane shows a part of them. */
export function detailLines(scene: FilesScene): readonly Line[] {
	const { subject: image, layout } = scene;
	const { width } = layout.panes.details;
	const rows = [
		...layerDetails(scene, width),
		[],
		...imageDetails(image, width),
		...wastedPaths(image, width),
		...messages(image, width),
		...digests(scene),
	];
	return rows.map((spans) => fitLine([span(' '), ...spans], width));
}

type Row = readonly Span[];

function layerDetails({ state, subject: image, size }: FilesScene, width: number): readonly Row[] {
	const { layer } = state;
	const figures = image.figures.layers[layer];
	if (figures === undefined) return [[span('This image has no layers.')]];
	const instruction = image.description.layers[layer]?.instruction ?? null;
	const head = instructionRows(instruction, {
		width: width - 2,
		height: size.rows < ROOMY_ROWS ? 2 : MAXIMUM_INSTRUCTION_LINES,
	});
	const absent = image.description.layers[layer]?.absent ?? null;
	if (absent !== null) return [...head, ...absentRows(absent, width)];
	if (!isRead(image, layer)) return [...head, field('stored', formatBytes(figures.storedBytes)), notReadYet];
	return [
		...head,
		field('size', formatBytes(figures.layerBytes)),
		field('stored', formatBytes(figures.storedBytes)),
		changesField(figures, image.stage.kind === 'comparing'),
		field('wastes', formatBytes(figures.wastedBytes), figures.wastedBytes > 0 ? 'warning' : 'plain'),
	];
}

/** The instruction with its lines, or as one text where there is no room for them. */
function instructionRows(
	instruction: string | null,
	{ width, height }: { readonly width: number; readonly height: number },
): readonly Row[] {
	if (instruction === null) return [[span('No history for this layer', 'faint')]];
	const lines = instructionLines(instruction);
	const wrapped = lines.flatMap((line) => wrap(line, width, height));
	const shown = wrapped.length <= height ? wrapped : wrap(formatInstruction(instruction), width, height);
	return shown.map((line) => [span(line, 'strong')]);
}

const notReadYet: Row = [span('This layer has not been read yet.', 'faint')];

function absentRows({ sizeBytes, urls }: AbsentLayer, width: number): readonly Row[] {
	const lines = wrap(escapeForTerminal(urls[0] ?? 'unknown'), width - 2 - LABEL_WIDTH, MAXIMUM_URL_LINES);
	return [
		...wrap('This layer is kept elsewhere by design and is not here.', width - 2, 2).map((line) => [
			span(line, 'warning'),
		]),
		field('blob', sizeBytes === null ? 'of unknown size' : formatBytes(sizeBytes)),
		...lines.map((line, index) => field(index === 0 ? 'kept at' : '', line)),
	];
}

function changesField(figures: LayerFigures, isComparing: boolean): Row {
	const counts = isComparing ? countsSoFar(figures) : countsByKind(figures);
	const shown = counts.filter(({ count }) => count > 0);
	const spans = shown.map(({ letter, count, style }) => span(`${letter} ${shortCount(count)}  `, style));
	return [label('changes'), ...(spans.length === 0 ? [span('none')] : spans)];
}

interface LetterCount {
	readonly letter: string;
	readonly count: number;
	readonly style: StyleName;
}

function countsByKind({ changes }: LayerFigures): readonly LetterCount[] {
	return listedKinds.map((kind) => ({
		letter: changeLetters[kind],
		count: pathCount(changes[kind]),
		style: changeStyles[kind],
	}));
}

function countsSoFar(figures: LayerFigures): readonly LetterCount[] {
	const { added, changed, removed } = changeTotals(figures);
	return [
		{ letter: changeLetters.added, count: added, style: 'added' },
		{ letter: COMPARING, count: changed, style: 'content' },
		{ letter: changeLetters.removed, count: removed, style: 'removed' },
	];
}

function imageDetails(image: FilesImage, width: number): readonly Row[] {
	const { description, figures, reference, foundIn, stage } = image;
	const { efficiency, wastedBytes, totalBytes, storedBytes } = figures;
	const name = escapeForTerminal(description.names[0] ?? reference);
	const head: Row = [span(cutText(name, width - 2, 'start'), 'strong')];
	const platform =
		description.platform === null
			? []
			: [field('platform', escapeForTerminal(formatPlatform(description.platform)))];
	if (stage.kind === 'reading') return [head, field('stored', formatBytes(storedBytes)), ...platform];
	const absent = absentLayers(description);
	return [
		head,
		...(absent.length === 0 ? [] : [field('without', nameLayers(absent), 'warning')]),
		field('efficiency', formatPercent(efficiency), efficiency < 0.9 ? 'warning' : 'good'),
		field('wasted', formatBytes(wastedBytes), wastedBytes > 0 ? 'warning' : 'plain'),
		field('size', formatBytes(totalBytes)),
		field('stored', formatBytes(storedBytes)),
		field('base', baseText(figures.base)),
		...platform,
		...foundInRows(foundIn, width),
	];
}

function foundInRows(foundIn: string | null, width: number): readonly Row[] {
	if (foundIn === null) return [];
	const lines = wrap(escapeForTerminal(foundIn), width - 2 - LABEL_WIDTH, MAXIMUM_FOUND_IN_LINES);
	return lines.map((line, index) => field(index === 0 ? 'found in' : '', line));
}

const baseOrigins = {
	named: 'as named',
	annotation: 'by annotation',
	'first-layer': 'by default',
} as const;

function baseText({ layerCount, origin }: FilesImage['figures']['base']): string {
	if (layerCount === 0) return 'none';
	const layers = layerCount === 1 ? 'layer 1' : `layers 1–${layerCount}`;
	return `${layers}, ${baseOrigins[origin]}`;
}

function wastedPaths({ figures, tree, stage }: FilesImage, width: number): readonly Row[] {
	if (stage.kind === 'reading') return [];
	const worst = figures.wastedPaths.slice(0, MAXIMUM_WASTED_PATHS);
	if (worst.length === 0) return [];
	const rows = worst.map(({ node, bytes, copies }) => [
		span(padStart(formatBytes(bytes), 7), 'warning'),
		span(padStart(`${shortCount(copies)}×`, 4), 'faint'),
		span(` ${cutText(shownPath(tree, node), width - 14, 'start')}`),
	]);
	return [[], [span('Most wasted', 'strong')], ...rows];
}

function messages({ warnings, notices }: FilesImage, width: number): readonly Row[] {
	const texts = [
		...notices.map(({ message }) => ({ text: escapeForTerminal(message), style: 'plain' as const })),
		...warnings.map(({ message, count, example, layerIndex }) => ({
			text: [
				layerIndex === null ? '' : `Layer ${layerIndex + 1}: `,
				escapeForTerminal(message),
				count > 1 ? ` (${shortCount(count)} times)` : '',
				example === null ? '' : ` ${escapeForTerminal(example.slice(0, 200))}`,
			].join(''),
			style: 'warning' as const,
		})),
	];
	if (texts.length === 0) return [];
	const rows = texts.flatMap(({ text, style }) =>
		wrap(text, width - 4, MAXIMUM_MESSAGE_LINES).map((line, index) => [
			span(index === 0 ? (style === 'warning' ? '! ' : 'i ') : '  ', style),
			span(line, style),
		]),
	);
	return [[], [span('To know', 'strong')], ...rows];
}

function digests({ state, subject: image }: FilesScene): readonly Row[] {
	const { digest = null, diffId = null } = image.description.layers[state.layer] ?? {};
	const { manifestDigest, configDigest } = image.description;
	const rows = [
		...(diffId === null ? [] : [field('diff ID', escapeForTerminal(diffId))]),
		...(digest === null ? [] : [field('layer', escapeForTerminal(digest))]),
		...(manifestDigest === null ? [] : [field('manifest', escapeForTerminal(manifestDigest))]),
		...(configDigest === null ? [] : [field('config', escapeForTerminal(configDigest))]),
	];
	return rows.length === 0 ? [] : [[], [span('Digests', 'strong')], ...rows];
}

function field(name: string, value: string, style: Span['style'] = 'plain'): Row {
	return [label(name), span(value, style)];
}

function label(name: string): Span {
	return span(padEnd(name, LABEL_WIDTH), 'faint');
}
