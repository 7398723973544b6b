import { differingParts } from '../../../diff/differing-parts.ts';
import { formatCount } from '../../../text/bytes.ts';
import { withoutLogCommands } from '../../../text/log-commands.ts';
import { type ByteSink, ByteStream } from '../../byte-stream.ts';
import { formatSections } from '../../text/report.ts';
import type { DifferenceInput, DifferenceOptions, DifferenceReporter } from '../compared.ts';
import { figureDeltas, haveFiguresChanged } from '../figure-deltas.ts';
import { equalitySentence } from '../sentences.ts';
import { strictSection } from '../strict/strict-section.ts';
import { configSection } from './config.ts';
import { figureSection, pullSection, wasteSection } from './figures.ts';
import { fileCountSection, pathHeader, pathLines } from './files.ts';
import { findingSection } from './findings.ts';
import { layerSection } from './layers.ts';
import { packageSection, saysPackages } from './packages.ts';
import { remarkLines } from './remarks.ts';
import { titleSection } from './title.ts';

/** As many as fit on one screen. */
const SHOWN_PATHS = 20;
const ROWS_A_CHUNK = 256;

/** What differs between two images, for people. */
export const textDifferenceReporter: DifferenceReporter<'text'> = {
	format: 'text',
	greatestCount: ({ isFull }) => (isFull ? Number.POSITIVE_INFINITY : SHOWN_PATHS),
	write,
};

async function write(input: DifferenceInput, sink: ByteSink, options: DifferenceOptions): Promise<void> {
	const stream = new ByteStream(sink);
	stream.buffer.appendText(formatSections(sectionsOf(input, options), options));
	if (options.parts.has('files')) await writePaths(input, stream, options);
	const remarks = remarkLines(input, options);
	if (remarks.length > 0) stream.buffer.appendText(`\n${formatSections([remarks], options)}`);
	await stream.end();
}

/** Everything before the list of paths. */
function sectionsOf(
	{ images, difference, packages, ...input }: DifferenceInput,
	options: DifferenceOptions,
): string[][] {
	const { parts } = options;
	const equality = equalitySentence(parts, differingParts(difference, packages), options.selection);
	const figures = figureDeltas([images[0].figures, images[1].figures]);
	const showsFigures = parts.has('figures') && (equality === null || haveFiguresChanged(figures));
	const showsPull = (parts.has('figures') || parts.has('layers')) && equality === null;
	const shows = (part: 'files' | 'layers' | 'config'): boolean => parts.has(part) && equality === null;
	const layerCount = images[1].image.description.layers.length;
	return [
		[...titleSection(images, options), ...(equality === null ? [] : [equality])],
		...(showsFigures ? [figureSection(figures, options), wasteSection(figures, options)] : []),
		parts.has('figures') && equality === null ? findingSection(input.findings, options) : [],
		showsPull ? pullSection(difference.pull, layerCount, options) : [],
		shows('layers') ? layerSection({ images, difference, packages, ...input }, options) : [],
		shows('layers') ? strictSection(difference.strict) : [],
		shows('config') ? configSection(difference.config, options, options) : [],
		saysPackages(packages, parts) && equality === null ? packageSection(packages, options) : [],
		shows('files') ? fileCountSection(difference.files, options.selection, options) : [],
	];
}

/** A list of any length needs the memory of a few lines. */
async function writePaths(
	{ difference, greatest }: DifferenceInput,
	stream: ByteStream,
	options: DifferenceOptions,
): Promise<void> {
	const { rows, hidden } = greatest;
	if (rows.length === 0) return;
	const append = (lines: readonly string[]): void => {
		const text = lines.map((line) => `${line}\n`).join('');
		stream.buffer.appendText(options.isLog ? withoutLogCommands(text) : text);
	};
	append([pathHeader(options)]);
	for (let start = 0; start < rows.length; start += ROWS_A_CHUNK) {
		const chunk = { ...greatest, rows: rows.subarray(start, start + ROWS_A_CHUNK) };
		append(pathLines(difference, chunk, options));
		if (stream.isFull) await stream.flush();
	}
	if (hidden > 0)
		append([options.paint('faint', `  and ${formatCount(hidden)} more; --full lists all of them`)]);
}
