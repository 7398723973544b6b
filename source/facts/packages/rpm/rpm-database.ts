import type { Steps } from '../../../steps.ts';
import type { Damage } from '../../damage.ts';
import { FactError, type FactReader } from '../../fact-reader.ts';
import { gatherFile } from '../../whole-file.ts';
import type { PackageFact, PackageRecord } from '../package-facts.ts';
import { PathListWriter } from '../path-list-writer.ts';
import { BERKELEY_MAGIC_BYTES, isBerkeleyHash, readBerkeleyBlobs } from './berkeley-blobs.ts';
import { Header } from './header.ts';
import type { HeaderBlobs } from './header-blobs.ts';
import { isNdb, readNdbBlobs } from './ndb-blobs.ts';
import { packageOf } from './package-of.ts';
import { isSqlite, readSqliteBlobs } from './sqlite-blobs.ts';

const MOST_BYTES = 256 * 1024 * 1024;
const MOST_PACKAGES = 100_000;
/** All paths of a database. 3,000 packages have some 20 MB of them. */
const MOST_PATH_BYTES = 64 * 1024 * 1024;
/** All names that packages need and provide. */
const MOST_NAMES = 2_000_000;
/** Records, pages and packages that are passed over. */
const MOST_DAMAGED = 10_000;

/** Where rpm keeps its database: as ever, in Fedora and SUSE, and under OSTree. */
const databases: ReadonlySet<string> = new Set(
	['var/lib/rpm', 'usr/lib/sysimage/rpm', 'usr/share/rpm'].flatMap((folder) =>
		['rpmdb.sqlite', 'Packages.db', 'Packages'].map((name) => `${folder}/${name}`),
	),
);

/** Reads rpm's database in each of its three formats. */
export const rpmDatabaseReader: FactReader<PackageFact> = {
	name: 'rpm-database',
	fileNames: ['rpmdb.sqlite', 'packages.db', 'packages'],
	open: (file) =>
		databases.has(file.path)
			? gatherFile(file, {
					mostBytes: MOST_BYTES,
					magicBytes: BERKELEY_MAGIC_BYTES,
					hasMagic: (start) => blobsIn(start) !== null,
					parseInSteps: parseRpmDatabase,
				})
			: null,
};

/** The packages of a database. A large one takes a second, so that it can be done in steps. */
export function* parseRpmDatabase(content: Uint8Array, damage: Damage): Steps<PackageFact> {
	const readBlobs = blobsIn(content);
	if (readBlobs === null) throw new FactError('it is not a database of rpm');
	const packages: PackageRecord[] = [];
	try {
		yield* collectPackages(readBlobs(content, damage), packages, damage);
	} catch (error) {
		// What was read by then stands.
		if (!(error instanceof FactError) || packages.length === 0) throw error;
		damage.add(error.message);
	}
	return { kind: 'packages', packages: yield* withoutIdleNames(packages) };
}

function* collectPackages(blobs: HeaderBlobs, packages: PackageRecord[], damage: Damage): Steps<void> {
	const paths = new PathListWriter(MOST_PATH_BYTES);
	let names = 0;
	for (const blob of blobs) {
		const record = blob && (yield* wholePackage(blob, paths, damage));
		if (record) {
			packages.push(record);
			names += record.dependsOn.length + record.provides.length;
		}
		if (packages.length > MOST_PACKAGES || names > MOST_NAMES)
			throw new FactError('more packages than are read');
		if (damage.count > MOST_DAMAGED) throw new FactError('more damage than is passed over');
		yield;
	}
}

/** Null for a package that is damaged, too. */
function* wholePackage(blob: Uint8Array, paths: PathListWriter, damage: Damage): Steps<PackageRecord | null> {
	try {
		return yield* packageOf(new Header(blob), paths);
	} catch (error) {
		if (!(error instanceof FactError)) throw error;
		damage.add(error.message);
		paths.drop();
		return null;
	}
}

function blobsIn(content: Uint8Array): ((content: Uint8Array, damage: Damage) => HeaderBlobs) | null {
	if (isSqlite(content)) return readSqliteBlobs;
	if (isNdb(content)) return readNdbBlobs;
	return isBerkeleyHash(content) ? readBerkeleyBlobs : null;
}

/** Without names that no package of the database asks for, such as the symbols of a kernel: they are most of all names. */
function* withoutIdleNames(packages: readonly PackageRecord[]): Steps<readonly PackageRecord[]> {
	const needed = new Set<string>();
	for (const { dependsOn } of packages) {
		for (const name of dependsOn.flat()) needed.add(name);
		yield;
	}
	const left: PackageRecord[] = [];
	for (const record of packages) {
		left.push({ ...record, provides: record.provides.filter((name) => needed.has(name)) });
		yield;
	}
	return left;
}
