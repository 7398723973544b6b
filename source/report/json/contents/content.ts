import type { Warning } from '../../../warning.ts';
import type { Reportable, ReportOptions } from '../../reporter.ts';
import { factsOfSections, plainSections } from '../../sections.ts';
import type { JsonWriter } from '../json-writer.ts';
import { copiesJson } from './copies.ts';
import { writeFindings } from './findings.ts';
import { deletedJson, secretsJson } from './hidden.ts';
import { ledgerJson } from './ledger.ts';
import { writePackages } from './packages.ts';

/** What takes reading contents, worked out and ready to be written. */
export interface Content {
	readonly writers: readonly ((json: JsonWriter) => void | Promise<void>)[];
	readonly warnings: readonly Warning[];
}

/** What takes reading contents, or a pass of its own, in the order of the sections. */
export async function contentOf(
	{ tree, figures, details }: Reportable,
	{
		sections = plainSections,
		copiesFromBytes = 0,
		accepted = [],
		findingsWithContents: withContents = true,
		verdictContents = [],
		signal,
	}: ReportOptions,
): Promise<Content> {
	const writers: Content['writers'][number][] = [];
	if (sections.has('findings')) {
		const found = await details.findings({ withContents, accepted }, { signal });
		writers.push((json) => writeFindings(json, { ...found, tree, figures }));
	}
	if (sections.has('packages')) {
		const packages = await details.packages({ signal });
		writers.push((json) => writePackages(json, tree, packages));
	}
	if (sections.has('copies')) {
		const copies = await details.copies(copiesFromBytes, { signal });
		writers.push((json) => copiesJson(json, { tree, copies }));
	}
	if (sections.has('deleted')) {
		const deleted = await details.deleted({ signal });
		writers.push((json) => deletedJson(json, tree, deleted));
	}
	if (sections.has('secrets')) {
		const secrets = await details.secrets({ signal });
		writers.push((json) => secretsJson(json, tree, secrets));
	}
	if (sections.has('ledger')) {
		const ledger = await details.ledger({ signal });
		writers.push((json) => ledgerJson(json, ledger));
	}
	const groups = new Set([...factsOfSections(sections, withContents), ...verdictContents]);
	return { writers, warnings: await details.warnings([...groups], { signal }) };
}
