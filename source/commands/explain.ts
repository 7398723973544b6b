import type { Explanation } from '../analysis/findings/explanations/explanation.ts';
import { explanationOf, explanations } from '../analysis/findings/explanations/explanations.ts';
import { FathomError } from '../errors.ts';
import { formatSections } from '../report/text/report.ts';
import { wrapWords } from '../report/text/wrap-words.ts';
import { suggest } from '../settings/command-line/suggest.ts';
import { shorten } from '../text/shorten.ts';
import { formatTable, type TableLayout } from '../text/table.ts';
import type { CommandContext, CommandResult } from './command.ts';

/** Explains a finding, or lists all codes. Throws `usage` for a word that is no code. */
export async function explain({ paths: [code], layout, output }: CommandContext): Promise<CommandResult> {
	const sections = code === undefined ? codeSections(layout) : explanationSections(named(code), layout);
	await output.write(Buffer.from(formatSections(sections, layout)));
	return 0;
}

function named(code: string): Explanation {
	const found = explanationOf(code);
	if (found !== undefined) return found;
	const meant = suggest(
		code,
		explanations.map((explanation) => explanation.code),
	);
	throw new FathomError({
		code: 'usage',
		message: `fathom explain: ${shorten(JSON.stringify(code))} is not the code of a finding.`,
		hint: meant === null ? 'fathom explain lists the codes.' : `fathom explain ${meant}`,
	});
}

function codeSections(layout: TableLayout): string[][] {
	const rows = explanations.map(({ code, level, summary }) => [code, level, summary]);
	return [
		formatTable([{ header: 'code' }, { header: 'level' }, { header: 'what', cut: 'end' }], rows, layout),
	];
}

function explanationSections(
	{ code, level, needsContents, summary, why, before, after }: Explanation,
	layout: TableLayout,
): string[][] {
	const { paint } = layout;
	const contents = needsContents ? ' It is found only where the contents of files are read.' : '';
	return [
		[`${paint('heading', code)} (${level})`, ...wrapWords(`${summary}.`, '  ', layout)],
		wrapWords(`${why}${contents}`, '  ', layout),
		[`  ${paint('faint', 'before')}`, ...before.map((line) => `    ${line}`)],
		[`  ${paint('faint', 'after')}`, ...after.map((line) => `    ${line}`)],
	];
}
