import { differingParts } from '../../../diff/differing-parts.ts';
import { formatByteDelta, formatBytes, formatPercent, formatPointDelta } from '../../../text/bytes.ts';
import { withoutLogCommands } from '../../../text/log-commands.ts';
import { plain } from '../../../text/paint.ts';
import { shorten } from '../../../text/shorten.ts';
import type { TableLayout } from '../../../text/table.ts';
import type { ByteSink } from '../../byte-stream.ts';
import type { DifferenceInput, DifferenceOptions, DifferenceReporter } from '../compared.ts';
import { type FigureDelta, type FigureDeltas, figureDeltas, haveFiguresChanged } from '../figure-deltas.ts';
import { notKnown } from '../not-known.ts';
import { equalitySentence } from '../sentences.ts';
import { pullSentences } from '../text/figures.ts';
import { unknownSentence } from '../text/files.ts';
import { titlesOf } from '../text/title.ts';
import { type Block, codeSpan, formatBlock } from './blocks.ts';
import { detailBlocks } from './details.ts';

/** GitHub takes 65,536 characters in a comment; what stands around the report in it needs room too. A character is a byte or more. */
const MOST_BYTES = 60_000;
const SHOWN_PATHS = 20;
/** More rows than these are not within the limit. */
const MOST_PATHS = 3000;

/** What differs between two images, for a comment on a pull request. */
export const markdownDifferenceReporter: DifferenceReporter<'markdown'> = {
	format: 'markdown',
	greatestCount: ({ isFull }) => (isFull ? MOST_PATHS : SHOWN_PATHS),
	write,
};

/** In a block of code lines are as long as they are. */
const layout: TableLayout = { width: null, paint: plain };

async function write(input: DifferenceInput, sink: ByteSink, options: DifferenceOptions): Promise<void> {
	const { parts, isLog } = options;
	const figures = figureDeltas([input.images[0].figures, input.images[1].figures]);
	const equality = equalitySentence(
		parts,
		differingParts(input.difference, input.packages),
		options.selection,
	);
	const showsFigures = parts.has('figures') && (equality === null || haveFiguresChanged(figures));
	const opening = [
		headline(input),
		...(equality === null ? [] : [equality]),
		...(showsFigures ? [verdictOf(figures), figureTable(figures)] : []),
		...remarksOf(input, options, equality === null),
	].join('\n\n');
	const safe = (text: string): string => (isLog ? withoutLogCommands(text) : text);
	const blocks = detailBlocks(input, { ...options, ...layout }, equality === null).map((block) => ({
		...block,
		lines: block.lines.map(safe),
	}));
	await sink.write(Buffer.from(withBlocks(`${safe(opening)}\n`, blocks)));
}

/** Each block may take the same share of the room that is left, and what one does not need is for those after it. */
function withBlocks(opening: string, blocks: readonly Block[]): string {
	let text = opening;
	for (const [index, block] of blocks.entries()) {
		const room = MOST_BYTES - Buffer.byteLength(text);
		text += `\n${formatBlock(block, Math.floor(room / (blocks.length - index)) - 1)}`;
	}
	return text;
}

function headline({ images }: DifferenceInput): string {
	const [older, newer] = titlesOf(images).map((title) => codeSpan(shorten(title)));
	return `### ${older} → ${newer}`;
}

function verdictOf({ totals: { liveBytes, storedBytes }, efficiency }: FigureDeltas): string {
	const growth = liveBytes.delta;
	const verdict = growth === 0 ? 'Same size' : growth > 0 ? 'Larger' : 'Smaller';
	const deltas = [
		`live ${formatByteDelta(liveBytes.delta)}`,
		`stored ${formatByteDelta(storedBytes.delta)}`,
		`efficiency ${formatPointDelta(efficiency.delta)}`,
	];
	return `**${verdict}: ${deltas.join(', ')}**`;
}

function figureTable({ totals, efficiency, wasteByCause }: FigureDeltas): string {
	const { storedBytes, unpackedBytes, totalBytes, liveBytes, wastedBytes } = totals;
	const causes = Object.entries(wasteByCause).filter(([, { old, new: current }]) => old > 0 || current > 0);
	return [
		'| | old | new | delta |',
		'|---|---:|---:|---:|',
		byteRow('stored', storedBytes),
		byteRow('unpacked', unpackedBytes),
		byteRow('total', totalBytes),
		byteRow('live', liveBytes),
		byteRow('wasted', wastedBytes),
		...causes.map(([cause, delta]) => byteRow(`wasted: ${cause}`, delta)),
		`| efficiency | ${formatPercent(efficiency.old)} | ${formatPercent(efficiency.new)} | ${formatPointDelta(efficiency.delta)} |`,
	].join('\n');
}

function byteRow(label: string, { old, new: current, delta }: FigureDelta): string {
	return `| ${label} | ${formatBytes(old)} | ${formatBytes(current)} | ${formatByteDelta(delta)} |`;
}

/** What is said in sentences: what an update pulls, what is not known, and how many warnings there are. */
function remarksOf(
	{ images, difference }: DifferenceInput,
	{ parts }: DifferenceOptions,
	isDifferent: boolean,
): string[] {
	const showsPull = isDifferent && (parts.has('figures') || parts.has('layers'));
	const unknown = parts.has('files') ? unknownSentence(difference.files) : null;
	return [
		...(showsPull
			? [pullSentences(difference.pull, images[1].image.description.layers.length).join(' ')]
			: []),
		...(unknown === null ? [] : [unknown]),
		...notKnown(difference),
	];
}
