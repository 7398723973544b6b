import { absentLayers, nameLayers, nameOfImage } from '../../../../../image/image.ts';
import { formatPlatform } from '../../../../../image/platform.ts';
import { formatBytes, formatPercent } from '../../../../../text/bytes.ts';
import { escapeForTerminal } from '../../../../../text/escape.ts';
import type { Notice, Warning } from '../../../../../warning.ts';
import { padStart } from '../../../cells.ts';
import { shortCount } from '../../../frame/figures.ts';
import { shownPath } from '../../../frame/names.ts';
import { wrapWhole } from '../../../frame/wrap-whole.ts';
import { span } from '../../../line.ts';
import { leftOut } from '../../../opened-image.ts';
import { type DetailRow, field, paragraph } from '../../list/detail-rows.ts';
import type { LayersImage } from '../layers-state.ts';

const MAXIMUM_WASTED_PATHS = 10;
const MAXIMUM_EXAMPLE = 200;

interface KnownRows {
	readonly width: number;
	readonly rows: readonly DetailRow[];
}

const known = new WeakMap<LayersImage, KnownRows>();

/** What is known of the image as a whole. It stays the same from key to key. */
export function imageDetails(image: LayersImage, width: number): readonly DetailRow[] {
	const last = known.get(image);
	if (last?.width === width) return last.rows;
	const rows = workOutRows(image, width);
	known.set(image, { width, rows });
	return rows;
}

function workOutRows(image: LayersImage, width: number): readonly DetailRow[] {
	const { description, stage, figures } = image;
	const name = escapeForTerminal(nameOfImage(image));
	const head = paragraph(name, width, 'strong');
	const { platform, manifestDigest, configDigest } = description;
	const facts = [
		['stored', formatBytes(figures.storedBytes)],
		['platform', platform === null ? null : escapeForTerminal(formatPlatform(platform))],
		['found in', image.foundIn === null ? null : escapeForTerminal(image.foundIn)],
		['manifest', manifestDigest === null ? null : escapeForTerminal(manifestDigest)],
		['config', configDigest === null ? null : escapeForTerminal(configDigest)],
	] as const;
	const rows = facts.flatMap(([label, value]) => (value === null ? [] : field(label, value, { width })));
	const ofImage = image.warnings.filter(({ layerIndex }) => layerIndex === null);
	return [
		...head,
		...(stage.kind === 'reading' ? [] : wholeRows(image, width)),
		...rows,
		...wastedPaths(image, width),
		...messageRows({ warnings: ofImage, notices: image.notices }, width),
	];
}

function wholeRows(image: LayersImage, width: number): readonly DetailRow[] {
	const { description, figures } = image;
	const { efficiency, wastedBytes, totalBytes, base } = figures;
	const absent = [...absentLayers(description), ...leftOut(image)].sort((left, right) => left - right);
	return [
		...(absent.length === 0 ? [] : field('without', nameLayers(absent), { width, style: 'warning' })),
		...field('efficiency', formatPercent(efficiency), {
			width,
			style: efficiency < 0.9 ? 'warning' : 'good',
		}),
		...field('wasted', formatBytes(wastedBytes), { width, style: wastedBytes > 0 ? 'warning' : 'plain' }),
		...field('size', formatBytes(totalBytes), { width }),
		...field('base', baseText(base), { width }),
		...baseImageRows(base, width),
	];
}

const baseOrigins = {
	named: 'as named',
	provenance: 'by provenance',
	annotation: 'by annotation',
	'first-layer': 'by default',
	none: 'by default',
} as const;

function baseText({ layerCount, origin }: LayersImage['figures']['base']): string {
	if (layerCount === 0) return 'none';
	const layers = layerCount === 1 ? 'layer 1' : `layers 1–${layerCount}`;
	return `${layers}, ${baseOrigins[origin]}`;
}

/** The topmost image alone: what it is built on is in the report. */
function baseImageRows(
	{ image, images = [] }: LayersImage['figures']['base'],
	width: number,
): readonly DetailRow[] {
	if (image === undefined) return [];
	const isOutdated = images.some(({ newer }) => newer !== null);
	return [
		...field('', escapeForTerminal(image), { width }),
		...(isOutdated ? field('', 'a newer one is there', { width, style: 'warning' }) : []),
	];
}

function wastedPaths({ figures, tree, stage }: LayersImage, width: number): readonly DetailRow[] {
	if (stage.kind === 'reading') return [];
	const worst = figures.wastedPaths.slice(0, MAXIMUM_WASTED_PATHS);
	if (worst.length === 0) return [];
	const rows = worst.flatMap(({ node, bytes, copies }) =>
		wrapWhole(shownPath(tree, node), width - 13).map((line, index) => [
			span(padStart(index === 0 ? formatBytes(bytes) : '', 7), 'warning'),
			span(padStart(index === 0 ? `${shortCount(copies)}×` : '', 5), 'faint'),
			span(` ${line}`),
		]),
	);
	return [[], [span('Most wasted', 'strong')], ...rows];
}

/** What was odd, and what there is to know. */
export function messageRows(
	{ warnings, notices }: { readonly warnings: readonly Warning[]; readonly notices: readonly Notice[] },
	width: number,
): readonly DetailRow[] {
	const texts = [
		...notices.map(({ message }) => ({
			sign: 'i ',
			text: escapeForTerminal(message),
			style: 'plain' as const,
		})),
		...warnings.map((warning) => ({ sign: '! ', text: warningText(warning), style: 'warning' as const })),
	];
	if (texts.length === 0) return [];
	const rows = texts.flatMap(({ sign, text, style }) =>
		wrapWhole(text, width - 2).map((line, index) => [
			span(index === 0 ? sign : '  ', style),
			span(line, style),
		]),
	);
	return [[], [span('To know', 'strong')], ...rows];
}

function warningText({ message, count, example }: Warning): string {
	return [
		escapeForTerminal(message),
		count > 1 ? ` (${shortCount(count)} times)` : '',
		example === null ? '' : ` ${escapeForTerminal(example.slice(0, MAXIMUM_EXAMPLE))}`,
	].join('');
}
