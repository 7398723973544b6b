import type { Figures } from '../../analysis/figures.ts';
import type { BaselineFigures } from '../../gate/baseline/baseline.ts';
import { changeSections } from '../../gate/baseline/changes-text.ts';
import { notThere } from '../../gate/baseline/not-known.ts';
import { isUncompressed } from '../../gate/max-size.ts';
import { exampleSections } from '../../gate/patterns/examples-text.ts';
import { formatIgnored, formatObstacles, formatResults } from '../../gate/verdict-text.ts';
import { describeBase } from '../../report/text/figures.ts';
import { formatWarning } from '../../report/text/remarks.ts';
import type { ImageSession } from '../../session/image-session.ts';
import type { Settings } from '../../settings/settings.ts';
import { formatBytes } from '../../text/bytes.ts';
import { escapeForTerminal } from '../../text/escape.ts';
import { formatTable, type TableLayout } from '../../text/table.ts';
import type { JudgedImage } from './judge-session.ts';

/** The sizes of the image, those of the baseline, and the base where the rules leave out what it wastes. */
export function sizeLines(
	{ figures }: Pick<ImageSession, 'figures'>,
	{ found }: Pick<JudgedImage, 'found'>,
	{ ignoreBase, baseline: name }: Pick<Settings, 'ignoreBase' | 'baseline'>,
	layout: TableLayout,
): string[] {
	const baseline = found?.baseline ?? null;
	const rows = [
		['size', formatSizes(figures)],
		...(baseline === null
			? []
			: [['baseline', `${formatSizes(baseline.figures)} (${escapeForTerminal(name ?? baseline.name)})`]]),
		...(ignoreBase ? [['base', formatIgnoredBase(figures)]] : []),
	];
	return formatTable([{}, { cut: 'end' }], rows, layout);
}

/** The table of the rules, then what changed since the baseline. */
export function verdictSections(
	session: Pick<ImageSession, 'image' | 'figures'>,
	{ verdict, changes }: JudgedImage,
	layout: TableLayout,
): string[][] {
	const image = { layers: session.image.description.layers, figures: session.figures };
	return [
		formatResults(verdict, layout),
		...exampleSections(verdict, layout),
		...(changes === null ? [] : changeSections(changes, image, layout)),
	];
}

/** What is to be said of the baseline, why rules do not judge, and what they do not count. */
export function verdictRemarks(
	{ verdict, found, contentWarnings }: JudgedImage,
	layout: TableLayout,
): string[] {
	const isUnusable = found !== null && found.baseline === null;
	// Its own warning has said that these rules do not judge.
	const judgements = verdict.judgements.filter(({ measured }) => !(isUnusable && measured === notThere));
	return [
		...(found?.warnings ?? []).map(
			(warning) => `${layout.paint('warning', 'warning:')} ${escapeForTerminal(warning)}`,
		),
		...contentWarnings.map((warning) => formatWarning(warning, layout)),
		...formatObstacles({ judgements }, layout),
		...formatIgnored(verdict, layout),
	];
}

type Sizes = Pick<BaselineFigures, 'storedBytes' | 'unpackedBytes' | 'liveBytes'>;

function formatSizes({ storedBytes, unpackedBytes, liveBytes }: Sizes): string {
	const isPlain = isUncompressed({ storedBytes, unpackedBytes });
	const sizes = [
		[storedBytes, isPlain ? 'stored uncompressed' : 'stored'],
		[unpackedBytes, 'unpacked'],
		[liveBytes, 'live'],
	] as const;
	return sizes.map(([bytes, kind]) => `${formatBytes(bytes)} ${kind}`).join(', ');
}

function formatIgnoredBase({ base, baseLayers }: Figures): string {
	if (base.layerCount === 0) return 'none, so the rules leave nothing out';
	return `${escapeForTerminal(describeBase(base))}; the rules leave out the ${formatBytes(baseLayers.wastedBytes)} that it wastes itself`;
}
