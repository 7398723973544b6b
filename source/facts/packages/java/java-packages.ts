import type { Steps } from '../../../steps.ts';
import type { Damage } from '../../damage.ts';
import { FactError } from '../../fact-reader.ts';
import type { Claim, PackageRecord } from '../package-facts.ts';
import { type Coordinates, coordinatesOfArchive, coordinatesOfPom, ownPom } from './java-names.ts';
import { parseManifest, parseProperties } from './manifest.ts';
import { readZipDirectory, readZipFile, type ZipEntry } from './zip.ts';

const MANIFEST = 'META-INF/MANIFEST.MF';
const POM = /^META-INF\/maven\/[^/]+\/[^/]+\/pom\.properties$/;
const NESTED = /\.(?:jar|war)$/i;
/** A signed archive has a line of its manifest for each file. */
const MOST_MANIFEST_BYTES = 16 * 1024 * 1024;
const LONGEST_MAIN_SECTION = 64 * 1024;
const MOST_POM_BYTES = 64 * 1024;
const MOST_NESTED_BYTES = 64 * 1024 * 1024;
/** All that one file may inflate to, whatever overlaps in it. */
const MOST_INFLATED_BYTES = 256 * 1024 * 1024;
/** Files in the archive and in those in it. */
const MOST_ENTRIES = 400_000;
/** Of these, the ones that are read. */
const MOST_READ = 10_000;
const ENTRIES_A_STEP = 1024;

/**
 * The packages in a Java archive: its own, which has the file and needs the others; those whose classes were taken into it; and the archives
 * in it, one level deep, with theirs. What is damaged or unfolds to too much is left out. Throws `FactError` for what is no archive.
 */
export function* javaPackages(
	path: string,
	content: Uint8Array,
	damage: Damage,
): Steps<readonly PackageRecord[]> {
	const archive = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
	const { own, others } = yield* new JavaArchives(damage).read(decoded(path), archive, true);
	const needed = new Map(others.map((other) => [`${other.name} ${other.version}`, other]));
	if (own) needed.delete(`${own.name} ${own.version}`);
	const records = [...needed.values()].map((other) => recordOf(other, [], { kind: 'none' }));
	if (own === null) return records;
	const dependsOn = [...new Set(records.map(({ name }) => name))].map((name) => [name]);
	return [recordOf(own, dependsOn, { kind: 'file' }), ...records];
}

interface Contents {
	readonly own: Coordinates | null;
	readonly others: readonly Coordinates[];
}

/** Reads an archive and those in it, with one bound for all. */
class JavaArchives {
	#bytesLeft = MOST_INFLATED_BYTES;
	#entriesLeft = MOST_ENTRIES;
	#read = 0;
	#isFull = false;
	readonly #damage: Damage;

	constructor(damage: Damage) {
		this.#damage = damage;
	}

	*read(name: string, archive: Buffer, hasNested: boolean): Steps<Contents> {
		const entries = yield* readZipDirectory(archive, this.#entriesLeft, this.#damage);
		this.#entriesLeft -= entries.length;
		const named = yield* ofInterest(entries);
		const poms = yield* this.#poms(archive, named.poms);
		const own = yield* this.#ownOf(name, archive, { manifest: named.manifest, poms });
		const nested = hasNested ? yield* this.#nested(archive, named.archives) : [];
		return { own, others: [...poms.filter((pom) => pom !== own), ...nested] };
	}

	*#poms(archive: Buffer, entries: readonly ZipEntry[]): Steps<readonly Coordinates[]> {
		const found: Coordinates[] = [];
		for (const entry of entries) {
			if (!this.#hasRoom()) break;
			const text = yield* this.#text(archive, entry, MOST_POM_BYTES);
			const pom = coordinatesOfPom(parseProperties(text));
			if (pom !== null) found.push(pom);
			yield;
		}
		return found;
	}

	*#ownOf(
		name: string,
		archive: Buffer,
		{ manifest, poms }: { readonly manifest: ZipEntry | null; readonly poms: readonly Coordinates[] },
	): Steps<Coordinates | null> {
		const text = manifest === null ? '' : yield* this.#text(archive, manifest, MOST_MANIFEST_BYTES);
		const attributes = parseManifest(text.slice(0, LONGEST_MAIN_SECTION));
		return ownPom(name, attributes, poms) ?? coordinatesOfArchive(name, attributes);
	}

	*#nested(archive: Buffer, entries: readonly ZipEntry[]): Steps<readonly Coordinates[]> {
		const found: Coordinates[] = [];
		for (const entry of entries) {
			if (!this.#hasRoom()) break;
			const content = yield* this.#content(archive, entry, MOST_NESTED_BYTES);
			yield;
			if (!content?.toString('latin1', 0, 4).startsWith('PK\x03\x04')) continue;
			const inner = yield* this.#unlessDamaged(this.read(decoded(entry.name), content, false));
			if (inner?.own) found.push(inner.own);
			found.push(...(inner?.others ?? []));
		}
		return found;
	}

	*#text(archive: Buffer, entry: ZipEntry, mostBytes: number): Steps<string> {
		return (yield* this.#content(archive, entry, mostBytes))?.toString('utf8') ?? '';
	}

	/** Null, too, for what is damaged, which costs as much as it may have unfolded to. */
	*#content(archive: Buffer, entry: ZipEntry, mostBytes: number): Steps<Buffer | null> {
		if (!this.#hasRoom()) return null;
		this.#read += 1;
		const most = Math.min(mostBytes, this.#bytesLeft);
		const content = yield* this.#unlessDamaged(readZipFile(archive, entry, most));
		this.#bytesLeft -= content === undefined ? most : (content?.length ?? 0);
		return content ?? null;
	}

	/** Whether more archives may be read. Warns the first time that they may not. */
	#hasRoom(): boolean {
		if (this.#isFull) return false;
		this.#isFull = this.#read >= MOST_READ || this.#bytesLeft <= 0;
		if (this.#read >= MOST_READ) this.#damage.add(`it has more than ${MOST_READ} archives and descriptions`);
		else if (this.#isFull) this.#damage.add(`its archives unfold to more than ${MOST_INFLATED_BYTES} bytes`);
		return !this.#isFull;
	}

	/** Undefined for what is damaged. */
	*#unlessDamaged<Part>(steps: Steps<Part>): Steps<Part | undefined> {
		try {
			return yield* steps;
		} catch (error) {
			if (!(error instanceof FactError)) throw error;
			this.#damage.add(error.message);
			return undefined;
		}
	}
}

/** The files of an archive that say something of packages. */
interface OfInterest {
	readonly manifest: ZipEntry | null;
	readonly poms: readonly ZipEntry[];
	readonly archives: readonly ZipEntry[];
}

function* ofInterest(entries: readonly ZipEntry[]): Steps<OfInterest> {
	let manifest: ZipEntry | null = null;
	const poms: ZipEntry[] = [];
	const archives: ZipEntry[] = [];
	for (const [index, entry] of entries.entries()) {
		if (index % ENTRIES_A_STEP === ENTRIES_A_STEP - 1) yield;
		const { name } = entry;
		if (manifest === null && name.length === MANIFEST.length && name.toUpperCase() === MANIFEST)
			manifest = entry;
		else if (POM.test(name)) poms.push(entry);
		else if (NESTED.test(name)) archives.push(entry);
	}
	return { manifest, poms, archives };
}

function decoded(latin1: string): string {
	return Buffer.from(latin1, 'latin1').toString('utf8');
}

function recordOf(
	{ name, version }: Coordinates,
	dependsOn: PackageRecord['dependsOn'],
	claim: Claim,
): PackageRecord {
	return {
		type: 'maven',
		name,
		version,
		architecture: null,
		source: null,
		dependsOn,
		provides: [],
		claim,
	};
}
