import type {
	ListedPaths,
	NpmProject,
	PackageFact,
	PackageRecord,
} from '../../facts/packages/package-facts.ts';
import type { OsRelease } from '../../facts/packages/purl.ts';
import type { Steps } from '../../steps.ts';
import type { PathFact } from './path-facts.ts';

/** A package of the final file system. */
export interface FoundPackage {
	readonly record: PackageRecord;
	/** The node of the file that says so: a database, a document or a binary. */
	readonly node: number;
	/** The layer that brought it, 0-based: the lowest from which on every version of that file has it. */
	readonly layerIndex: number;
	/** Whether a document such as an SBOM says so, and no package manager. */
	readonly isFromSbom: boolean;
}

/** What the files of the final file system say of packages. */
export interface FoundPackages {
	readonly packages: readonly FoundPackage[];
	readonly lists: readonly ListedPaths[];
	readonly projects: readonly NpmProject[];
	readonly diversions: readonly Extract<PackageFact, { kind: 'diversions' }>['diversions'][number][];
	/** Null where the image has no os-release. */
	readonly osRelease: OsRelease | null;
}

/** More packages than any image has: beyond them the image is hostile, and they are left out. */
const MOST_PACKAGES = 200_000;
const FACTS_A_STEP = 16;
const PACKAGES_A_STEP = 512;

/** Takes the packages out of facts, which are in path order and of one path lowest layer first. */
export function* findPackages(facts: readonly PathFact[]): Steps<FoundPackages> {
	const packages: FoundPackage[] = [];
	const documented: FoundPackage[] = [];
	const lists: ListedPaths[] = [];
	const projects: NpmProject[] = [];
	const diversions: FoundPackages['diversions'][number][] = [];
	const systems: { readonly node: number; readonly release: OsRelease }[] = [];
	for (const [index, { node, isLive, fact }] of facts.entries()) {
		if (index % FACTS_A_STEP === FACTS_A_STEP - 1) yield;
		if (!isLive || fact.fact === null) continue;
		const said = fact.fact as PackageFact;
		if (said.kind === 'paths') lists.push(said);
		else if (said.kind === 'npm-project') projects.push(said);
		else if (said.kind === 'diversions') diversions.push(...said.diversions);
		else if (said.kind === 'os-release') systems.push({ node, release: said });
		else {
			const isFromSbom = said.kind === 'sbom';
			const layerOf = yield* layersOf(versionsBefore(facts, index));
			const into = isFromSbom ? documented : packages;
			for (const record of said.packages.slice(0, MOST_PACKAGES - into.length)) {
				into.push({ record, node, layerIndex: layerOf.find(record), isFromSbom });
				if (into.length % PACKAGES_A_STEP === 0) yield;
			}
		}
	}
	return {
		packages: documented.length === 0 ? packages : yield* withDocumented(packages, documented),
		lists,
		projects,
		diversions,
		// etc/os-release comes before usr/lib/os-release, and is the one that counts (os-release(5)).
		osRelease: systems[0]?.release ?? null,
	};
}

/** Packages, and of those that documents list the ones that are not among them. */
function* withDocumented(
	packages: readonly FoundPackage[],
	documented: readonly FoundPackage[],
): Steps<readonly FoundPackage[]> {
	const known = new Set<string>();
	for (const [index, { record }] of packages.entries()) {
		known.add(identityOf(record));
		if (index % PACKAGES_A_STEP === 0) yield;
	}
	const all = [...packages];
	for (const [index, each] of documented.entries()) {
		if (isNew(known, each.record)) all.push(each);
		if (index % PACKAGES_A_STEP === 0) yield;
	}
	return all;
}

/** What a file said in the layers up to the one at `index`, the latest first, as far as nothing else was at its path in between. */
function versionsBefore(facts: readonly PathFact[], index: number): readonly PathFact[] {
	const { node, fact } = facts[index];
	const versions: PathFact[] = [facts[index]];
	let { change } = facts[index];
	for (let before = index - 1; before >= 0 && facts[before].node === node; before--) {
		const version = facts[before];
		if (version.fact.reader !== fact.reader) continue;
		if (version.change !== change - 1) break;
		change -= 1;
		versions.push(version);
	}
	return versions;
}

interface Version {
	readonly layerIndex: number;
	/** The identities of its packages; of the latest version they are not looked at. */
	readonly has: ReadonlySet<string>;
}

/** Takes the versions of one file, the latest first. */
function* layersOf([latest, ...before]: readonly PathFact[]): Steps<LayerOf> {
	const versions: Version[] = [{ layerIndex: latest.layerIndex, has: new Set() }];
	for (const { layerIndex, fact } of before)
		versions.push({ layerIndex, has: yield* identitiesIn(fact.fact as PackageFact | null) });
	return new LayerOf(versions);
}

/** Finds the layers that brought the packages of one file. */
class LayerOf {
	readonly #versions: readonly Version[];

	constructor(versions: readonly Version[]) {
		this.#versions = versions;
	}

	find(record: PackageRecord): number {
		const [latest, ...before] = this.#versions;
		let { layerIndex } = latest;
		if (before.length === 0) return layerIndex;
		const identity = identityOf(record);
		for (const version of before) {
			if (!version.has.has(identity)) break;
			layerIndex = version.layerIndex;
		}
		return layerIndex;
	}
}

function* identitiesIn(fact: PackageFact | null): Steps<ReadonlySet<string>> {
	const identities = new Set<string>();
	if (fact?.kind !== 'packages' && fact?.kind !== 'sbom') return identities;
	for (const record of fact.packages) {
		identities.add(identityOf(record));
		if (identities.size % PACKAGES_A_STEP === 0) yield;
	}
	return identities;
}

function identityOf({ type, name, version, architecture }: PackageRecord): string {
	return JSON.stringify([type, name, version, architecture]);
}

function isNew(known: Set<string>, record: PackageRecord): boolean {
	const identity = JSON.stringify([record.type, record.name, record.version, null]);
	const exact = identityOf(record);
	if (known.has(exact) || known.has(identity)) return false;
	known.add(exact);
	return true;
}
