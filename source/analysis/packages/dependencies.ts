import type { PackageRecord, PackageType } from '../../facts/packages/package-facts.ts';
import type { Steps } from '../../steps.ts';
import type { FoundPackage } from './found-packages.ts';

/** Which packages need which, by position in the list of packages, ascending; without a package's need of itself. */
export interface Dependencies {
	readonly dependsOn: readonly (readonly number[])[];
	readonly requiredBy: readonly (readonly number[])[];
}

const PACKAGES_A_STEP = 256;

/** Finds for each need of a package the package that serves it: of alternatives the first that is there. `ownerOf` gives the owner of a path. */
export function* findDependencies(
	packages: readonly FoundPackage[],
	ownerOf: (path: string) => number | null,
): Steps<Dependencies> {
	const servers = new Servers(ownerOf);
	for (const [index, each] of packages.entries()) {
		servers.add(each, index);
		if (index % PACKAGES_A_STEP === PACKAGES_A_STEP - 1) yield;
	}
	const dependsOn: (readonly number[])[] = [];
	const requiredBy: number[][] = packages.map(() => []);
	for (const [index, each] of packages.entries()) {
		const found = new Set<number>();
		for (const alternatives of each.record.dependsOn) {
			const server = servers.find(each, alternatives);
			if (server !== null && server !== index) found.add(server);
		}
		const sorted = [...found].sort((left, right) => left - right);
		dependsOn.push(sorted);
		for (const server of sorted) requiredBy[server].push(index);
		if (index % PACKAGES_A_STEP === PACKAGES_A_STEP - 1) yield;
	}
	return { dependsOn, requiredBy };
}

/** Packages by the names that a need may mean them by. */
class Servers {
	readonly #packages: FoundPackage[] = [];
	/** The first of each name. */
	readonly #byName = new Map<string, number>();
	/** The first of each name that a file lists for an architecture, where that is another one than the first of all. */
	readonly #byFile = new Map<string, number>();
	readonly #byFolder = new Map<string, number>();
	readonly #ownerOf: (path: string) => number | null;

	constructor(ownerOf: (path: string) => number | null) {
		this.#ownerOf = ownerOf;
	}

	/** To be called in the order of the list. */
	add(each: FoundPackage, index: number): void {
		const { record, node } = each;
		this.#packages.push(each);
		const { type, claim, architecture } = record;
		for (const name of new Set([record.name, ...record.provides])) {
			const key = keyOf(type, name);
			const first = this.#packages[addFirst(this.#byName, key, index)];
			if (first.node !== node || first.record.architecture !== architecture)
				addFirst(this.#byFile, keyIn(node, architecture, key), index);
		}
		if (type === 'npm' && claim.kind === 'folder') this.#byFolder.set(claim.path, index);
	}

	/** Of several servers the one that the same file lists, and of the same architecture; else the first. */
	find({ record, node }: FoundPackage, alternatives: readonly string[]): number | null {
		const { type, architecture } = record;
		for (const name of alternatives) {
			const nested = type === 'npm' ? this.#nested(record, name) : null;
			if (nested !== null) return nested;
			const key = keyOf(type, name);
			const server = this.#byFile.get(keyIn(node, architecture, key)) ?? this.#byName.get(key);
			if (server !== undefined) return server;
			const owner = type === 'rpm' && name.startsWith('/') ? this.#ownerOf(name.slice(1)) : null;
			if (owner !== null) return owner;
		}
		return null;
	}

	/** As Node.js looks for a module: in node_modules of the folder itself, and of each folder above (Node.js, "Loading from node_modules folders"). */
	#nested({ claim }: PackageRecord, name: string): number | null {
		return claim.kind === 'folder' ? findModule(this.#byFolder, claim.path, name) : null;
	}
}

/** The position of a module that is looked for from a folder, without a leading slash; `byFolder` has those of all modules. */
export function findModule(byFolder: ReadonlyMap<string, number>, from: string, name: string): number | null {
	for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))) {
		const found = byFolder.get(moduleFolder(folder, name));
		if (found !== undefined) return found;
		if (folder === '') return null;
	}
}

/** Where a module is that is installed for what is in a folder. */
export function moduleFolder(folder: string, name: string): string {
	return folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
}

/** The first of a key, which may be this one. */
function addFirst(known: Map<string, number>, key: string, index: number): number {
	const first = known.get(key) ?? index;
	if (first === index) known.set(key, index);
	return first;
}

function keyIn(node: number, architecture: string | null, key: string): string {
	return `${node} ${architecture} ${key}`;
}

function keyOf(type: PackageType, name: string): string {
	return `${type} ${name}`;
}
