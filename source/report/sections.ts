import { factsOfFindings } from '../analysis/findings/facts-of-findings.ts';
import type { FactGroup } from '../tar/changeset.ts';

interface SectionRow {
	readonly name: string;
	/** What has to be read from the contents of files for it. */
	readonly facts: readonly FactGroup[];
}

/** The parts of a report, in their order, one row each (`fathom report --only`). */
const rows = [
	{ name: 'figures', facts: [] },
	{ name: 'findings', facts: factsOfFindings },
	{ name: 'changes', facts: [] },
	{ name: 'packages', facts: ['packages'] },
	{ name: 'copies', facts: [] },
	{ name: 'deleted', facts: ['secrets'] },
	{ name: 'secrets', facts: ['secrets'] },
	{ name: 'ledger', facts: [] },
] as const satisfies readonly SectionRow[];

export type ReportSection = (typeof rows)[number]['name'];

export const reportSections: readonly ReportSection[] = rows.map(({ name }) => name);

/** What is known without the contents of files: what `--json` writes, and what a baseline is. */
export const plainSections: ReadonlySet<ReportSection> = new Set(['figures', 'changes']);

/** What has to be read from the contents of files for some sections, where findings may be without contents. */
export function factsOfSections(
	sections: ReadonlySet<ReportSection>,
	findingsWithContents = true,
): readonly FactGroup[] {
	const read = rows.filter(({ name }) => sections.has(name) && (name !== 'findings' || findingsWithContents));
	return [...new Set(read.flatMap(({ facts }): readonly FactGroup[] => facts))];
}
