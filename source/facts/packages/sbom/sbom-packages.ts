import type { Steps } from '../../../steps.ts';
import type { PackageRecord } from '../package-facts.ts';
import { identityOf, parsePurl } from '../purl.ts';

/** What a document lists, whatever its format is. */
export interface SbomContents {
	readonly elements: readonly { readonly reference: string | null; readonly purl: string }[];
	/** Between references. */
	readonly dependencies: readonly { readonly from: string; readonly to: string }[];
}

/** A package with the names of what it needs, which are found after it. */
interface Listed {
	readonly record: PackageRecord;
	readonly needs: Set<string>;
}

const ITEMS_A_STEP = 256;

/** The packages of a document, each once. Those without a package URL of a known type are left out. */
export function* sbomPackages({ elements, dependencies }: SbomContents): Steps<readonly PackageRecord[]> {
	const packages = new Map<string, Listed>();
	const byReference = new Map<string, Listed>();
	for (const [index, { reference, purl }] of elements.entries()) {
		const listed = listedIn(packages, purl);
		if (listed !== null && reference !== null) byReference.set(reference, listed);
		if (index % ITEMS_A_STEP === 0) yield;
	}
	for (const [index, { from, to }] of dependencies.entries()) {
		const needed = byReference.get(to);
		if (needed !== undefined) byReference.get(from)?.needs.add(needed.record.name);
		if (index % ITEMS_A_STEP === 0) yield;
	}
	return [...packages.values()].map(({ record, needs }) => ({
		...record,
		dependsOn: [...needs].map((name) => [name]),
	}));
}

function listedIn(packages: Map<string, Listed>, purl: string): Listed | null {
	const parsed = parsePurl(purl);
	const identity = parsed && identityOf(parsed);
	if (identity === null) return null;
	// Only a hostile name has a line break in it, and may be taken for another.
	const key = Object.values(identity).join('\n');
	const known = packages.get(key);
	if (known !== undefined) return known;
	const record: PackageRecord = {
		...identity,
		source: null,
		dependsOn: [],
		provides: [],
		claim: { kind: 'none' },
	};
	const listed = { record, needs: new Set<string>() };
	packages.set(key, listed);
	return listed;
}
