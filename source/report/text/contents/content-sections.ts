import type { Reportable, ReportOptions } from '../../reporter.ts';
import { plainSections } from '../../sections.ts';
import { mostRowsOf } from './content-layout.ts';
import { copiesText } from './copies.ts';
import { deletedSection, secretSection } from './hidden.ts';
import { knownSizesText, ledgerText } from './ledger.ts';
import { packageSection } from './packages.ts';

/** What takes reading contents, or a pass of its own, in the order of the sections. */
export async function contentSections(
	{ tree, details }: Reportable,
	options: ReportOptions,
): Promise<readonly string[][]> {
	const { sections = plainSections, copiesFromBytes = 0, signal } = options;
	const layout = { ...options, mostRows: mostRowsOf(sections) };
	const shown: string[][] = [];
	if (sections.has('packages')) shown.push(packageSection(await details.packages({ signal }), layout));
	if (sections.has('copies'))
		shown.push(copiesText({ tree, copies: await details.copies(copiesFromBytes, { signal }) }, options));
	if (sections.has('deleted')) shown.push(deletedSection(tree, await details.deleted({ signal }), layout));
	if (sections.has('secrets')) shown.push(secretSection(tree, await details.secrets({ signal }), layout));
	if (sections.has('ledger')) {
		const ledger = await details.ledger({ signal });
		shown.push(ledgerText(ledger, options), knownSizesText(ledger, options));
	}
	return shown;
}
