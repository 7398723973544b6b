import type { WastedPath } from '../../analysis/figures.ts';
import { type WasteCause, wasteCauses } from '../../filetree/file-tree.ts';
import { pathOf } from '../../filetree/paths.ts';
import { formatBytes, formatCount, formatPercent } from '../../text/bytes.ts';
import { escapePath } from '../../text/escape.ts';
import { formatTable, type TableLayout } from '../../text/table.ts';
import type { ReportInput } from '../reporter.ts';
import { instructionOf } from './layers.ts';

/** As many as fit on one screen with the rest of `fathom ci`. The JSON report has all of them. */
const SHOWN_PATHS = 10;

/** What happened to a wasted copy, for each cause. */
const causeMeanings: Readonly<Record<WasteCause, string>> = {
	removed: 'removed by a later layer',
	content: 'replaced with other content by a later layer',
	metadata: 'shipped again with a new mode, owner or attributes',
	identical: 'shipped again unchanged',
	duplicate: 'shipped twice in one layer',
};

/** Wasted bytes by cause, and by the layer that caused them. Empty when nothing is wasted. */
export function wasteSections({ image, figures }: ReportInput, layout: TableLayout): string[][] {
	const { wastedBytes, wasteByCause, layers } = figures;
	if (wastedBytes === 0) return [];
	const causes = wasteCauses
		.filter((cause) => wasteByCause[cause] > 0)
		.sort((a, b) => wasteByCause[b] - wasteByCause[a])
		.map((cause) => [cause, ...shareOf(wasteByCause[cause], wastedBytes), causeMeanings[cause]]);
	const culprits = layers
		.filter((layer) => layer.wastedBytes > 0)
		.sort((a, b) => b.wastedBytes - a.wastedBytes)
		.map((layer) => [
			String(layer.index + 1),
			...shareOf(layer.wastedBytes, wastedBytes),
			instructionOf(image.description.layers[layer.index]),
		]);
	return [
		[
			layout.paint('heading', 'Waste by cause'),
			...formatTable(
				[{ header: 'cause' }, ...shareColumns, { header: 'meaning', cut: 'end' }],
				causes,
				layout,
			),
		],
		[
			layout.paint('heading', 'Waste by the layer that caused it'),
			...formatTable(
				[{ header: '#', align: 'right' }, ...shareColumns, { header: 'instruction', cut: 'end' }],
				culprits,
				layout,
			),
		],
	];
}

const shareColumns = [
	{ header: 'wasted', align: 'right' },
	{ header: 'share', align: 'right' },
] as const;

function shareOf(bytes: number, whole: number): [string, string] {
	return [formatBytes(bytes), formatPercent(bytes / whole)];
}

const pathColumns = [
	{ header: 'wasted', align: 'right' },
	{ header: 'layers', align: 'right' },
	{ header: 'cause' },
	{ header: 'path', cut: 'middle' },
] as const;

/** The most wasteful paths, with the layers that shipped the copies and those that wasted them. Empty when nothing is wasted. */
export function wastedPathSection(
	{ tree, figures }: Pick<ReportInput, 'tree' | 'figures'>,
	layout: TableLayout,
): string[] {
	const { wastedPaths } = figures;
	if (wastedPaths.length === 0) return [];
	const rows = wastedPaths
		.slice(0, SHOWN_PATHS)
		.map((wasted) => wastedPathRow(wasted, `/${escapePath(pathOf(tree, wasted.node))}`));
	const hidden = wastedPaths.length - rows.length;
	return [
		layout.paint('heading', 'Most wasteful paths'),
		...formatTable(pathColumns, rows, layout),
		...(hidden > 0
			? [layout.paint('faint', `  and ${formatCount(hidden)} more; the JSON report lists all of them`)]
			: []),
	];
}

function wastedPathRow({ bytes, shippedIn, culprits, causes }: WastedPath, path: string): string[] {
	return [
		formatBytes(bytes),
		`${formatLayers(shippedIn)} → ${formatLayers(culprits)}`,
		causes.join(', '),
		path,
	];
}

/** Layers counted from 1. A long list is cut. */
function formatLayers(indices: readonly number[]): string {
	const shown = indices.slice(0, 3).map((index) => index + 1);
	return `${shown.join(', ')}${indices.length > shown.length ? ', …' : ''}`;
}
