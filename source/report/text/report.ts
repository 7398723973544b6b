import { withoutLogCommands } from '../../text/log-commands.ts';
import type { ByteSink } from '../byte-stream.ts';
import { ByteStream } from '../byte-stream.ts';
import type { Reportable, Reporter, ReportOptions } from '../reporter.ts';
import { factsOfSections, plainSections } from '../sections.ts';
import { findingSection } from './contents/findings.ts';
import { figureSection, imageSection } from './figures.ts';
import { layerSection } from './layers.ts';
import { remarkSection } from './remarks.ts';
import { wastedPathSection, wasteSections } from './waste.ts';

/** A summary for people: the figures, the layers and the waste, and what the contents of files say. */
export const textReporter: Reporter<'text'> = {
	format: 'text',
	needs: (sections) => (sections.has('figures') ? ['dive'] : []),
	write: writeTextReport,
};

async function writeTextReport(image: Reportable, sink: ByteSink, options: ReportOptions): Promise<void> {
	const stream = new ByteStream(sink);
	stream.buffer.appendText(formatSections(await sectionsOf(image, options), options));
	await stream.end();
}

async function sectionsOf(reportable: Reportable, options: ReportOptions): Promise<readonly string[][]> {
	const { sections = plainSections, findingsWithContents, signal } = options;
	const isPlain = [...sections].every((section) => plainSections.has(section));
	const { contentSections } = isPlain ? noContents : await import('./contents/content-sections.ts');
	const content = await contentSections(reportable, options);
	const { image, details } = reportable;
	const warnings = [
		...image.warnings,
		...(await details.warnings(factsOfSections(sections, findingsWithContents), { signal })),
	];
	return [
		...(sections.has('figures') ? await figureSections(reportable, options) : []),
		...(sections.has('findings') ? [await findings(reportable, options)] : []),
		...(sections.has('changes') ? [wastedPathSection(reportable, options)] : []),
		...content,
		remarkSection({ image: { ...image, warnings } }, options),
	];
}

/** Most runs show none of them, and loading what does takes time. */
const noContents = { contentSections: async () => [] };

async function findings(
	{ image, tree, figures, details }: Reportable,
	options: ReportOptions,
): Promise<string[]> {
	const { accepted = [], findingsWithContents: withContents = true, signal } = options;
	const found = await details.findings({ withContents, accepted }, { signal });
	return findingSection({ ...found, description: image.description, tree, figures }, options);
}

async function figureSections(reportable: Reportable, options: ReportOptions): Promise<readonly string[][]> {
	const answers = await reportable.ask(['dive'], options.signal);
	const input = { ...reportable, answers };
	return [
		imageSection(input, options),
		figureSection(input, options),
		layerSection(input, options),
		...wasteSections(input, options),
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
