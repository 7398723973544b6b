import { withoutLogCommands } from '../../text/log-commands.ts';
import type { ByteSink } from '../byte-stream.ts';
import { ByteStream } from '../byte-stream.ts';
import { type ReportInput, type ReportOptions, reporterOf } from '../reporter.ts';
import { figureSection, imageSection } from './figures.ts';
import { layerSection } from './layers.ts';
import { remarkSection } from './remarks.ts';
import { wastedPathSection, wasteSections } from './waste.ts';

/** A summary for people: the figures, the layers and the waste. */
export const textReporter = reporterOf({ format: 'text', needs: ['dive'], write: writeTextReport });

async function writeTextReport(
	input: ReportInput<'dive'>,
	sink: ByteSink,
	options: ReportOptions,
): Promise<void> {
	const stream = new ByteStream(sink);
	stream.buffer.appendText(formatSections(summarySections(input, options), options));
	await stream.end();
}

function summarySections(input: ReportInput<'dive'>, options: ReportOptions): string[][] {
	return [
		imageSection(input, options),
		figureSection(input, options),
		layerSection(input, options),
		...wasteSections(input, options),
		wastedPathSection(input, options),
		remarkSection(input, options),
	];
}

/** Sections with a blank line between them, as they are printed. Empty ones are left out. */
export function formatSections(
	sections: readonly (readonly string[])[],
	{ isLog }: Pick<ReportOptions, 'isLog'>,
): string {
	const filled = sections.filter((lines) => lines.length > 0);
	const text = filled.map((lines) => `${lines.join('\n')}\n`).join('\n');
	return isLog ? withoutLogCommands(text) : text;
}
