import type { CopyGroup } from '../../../analysis/copies/copies.ts';
import type { FindingChange } from '../../../analysis/findings/compare-findings.ts';
import type { ListedFinding } from '../../../analysis/findings/image-findings.ts';
import type { KnownFinding } from '../../../analysis/findings/known-findings.ts';
import type { PackageChange } from '../../../diff/packages/compared-packages.ts';
import { describeFindingChange } from '../../../report/diff/json/finding-rows.ts';
import { writePackages as writePackageChanges } from '../../../report/diff/json/package-rows.ts';
import { copiesJson } from '../../../report/json/contents/copies.ts';
import { writeFindings } from '../../../report/json/contents/findings.ts';
import { deletedJson, secretsJson } from '../../../report/json/contents/hidden.ts';
import { writePackages } from '../../../report/json/contents/packages.ts';
import type { JsonWriter } from '../../../report/json/json-writer.ts';
import type { TimeSlice } from '../../../sources/time-slice.ts';
import type { ExportedTable } from '../../../tui/model/effects/exported-table.ts';
import { knownValue } from '../../../tui/model/image-details.ts';
import type { OpenedDifference } from '../../../tui/model/opened-difference.ts';
import type { OpenedImage } from '../../../tui/model/opened-image.ts';
import type { Subject } from '../../../tui/model/subject.ts';
import type { HiddenFile } from '../../../tui/model/views/image/deleted/hidden-file.ts';
import type { PackageItem } from '../../../tui/model/views/image/packages/package-items.ts';

/** Writes the members that the report has for a view. */
export type ReportRows = (json: JsonWriter) => Promise<void>;

const ITEMS_AT_ONCE = 512;

/** What is shown of a list, in the report's own form; null for a view that the report has nothing of. */
export async function reportRows(
	{ name, items, count }: ExportedTable,
	subject: Subject,
	slice: TimeSlice,
): Promise<ReportRows | null> {
	if (items === null) return null;
	const collected: object[] = [];
	for (let start = 0; start < count; start += ITEMS_AT_ONCE) {
		collected.push(...items.slice(start, Math.min(count, start + ITEMS_AT_ONCE)));
		await slice.yield();
	}
	// The items of a view are what that view lists.
	const shown = collected as never[];
	return subject.kind === 'image' ? ofImage(name, subject, shown) : ofPair(name, subject, shown);
}

function ofImage(name: string, image: OpenedImage, shown: readonly never[]): ReportRows | null {
	const { details, tree, figures } = image;
	switch (name) {
		case 'findings': {
			const found = knownValue(details.findings);
			const findings: readonly ListedFinding[] = shown;
			return found === null ? null : (json) => writeFindings(json, { ...found, findings, tree, figures });
		}
		case 'copies': {
			const copies = knownValue(details.copies);
			const groups: readonly CopyGroup[] = shown;
			return copies === null ? null : (json) => copiesJson(json, { tree, copies: { ...copies, groups } });
		}
		case 'packages': {
			const packages = knownValue(details.packages);
			const items: readonly PackageItem[] = shown;
			if (packages === null) return null;
			const listed = {
				...packages,
				packages: items.flatMap((item) => (item.kind === 'package' ? [item.package] : [])),
				unowned: items.flatMap((item) => (item.kind === 'nobody' ? [item.group] : [])),
			};
			return (json) => writePackages(json, tree, listed);
		}
		case 'deleted':
			return deletedRows(image, shown);
		default:
			return null;
	}
}

/** What is visible is no deleted file: the report has it among what looks secret. */
function deletedRows({ details, tree }: OpenedImage, shown: readonly HiddenFile[]): ReportRows | null {
	const secrets = knownValue(details.secrets);
	if (secrets === null) return null;
	const deleted = shown.flatMap((file) =>
		file.removedBy === null || file.cause === 'visible'
			? []
			: [{ ...file, removedBy: file.removedBy, cause: file.cause }],
	);
	const looking = new Set(shown.filter((file) => file.secrets.length > 0).map(({ node }) => node));
	const files = secrets.files.filter(({ node }) => looking.has(node));
	return async (json) => {
		await deletedJson(json, tree, deleted);
		await secretsJson(json, tree, { ...secrets, files });
	};
}

function ofPair(name: string, { details }: OpenedDifference, shown: readonly never[]): ReportRows | null {
	switch (name) {
		case 'packages': {
			const comparison = knownValue(details.packages);
			const changes: readonly PackageChange[] = shown;
			if (comparison?.kind !== 'compared') return null;
			const difference = { ...comparison.difference, changes };
			return (json) => writePackageChanges({ ...comparison, difference }, json);
		}
		case 'findings': {
			const changes: readonly FindingChange<KnownFinding>[] = shown;
			return async (json) => {
				json.value('findings', changes.map(describeFindingChange));
			};
		}
		default:
			return null;
	}
}
