import type { FactReader } from '../fact-reader.ts';
import { apkInstalledReader } from './apk/installed.ts';
import { cargoReader } from './binaries/cargo.ts';
import { goReader } from './binaries/go.ts';
import { dpkgDiversionsReader } from './deb/diversions.ts';
import { dpkgPathListReader } from './deb/path-lists.ts';
import { dpkgStatusReader } from './deb/status.ts';
import { dpkgStatusFolderReader } from './deb/status-folder.ts';
import { gemExtensionsReader } from './gem/extensions.ts';
import { gemSpecificationReader } from './gem/specification.ts';
import { javaReader } from './java/java.ts';
import { npmReader } from './npm/npm.ts';
import { nugetReader } from './nuget.ts';
import { osReleaseReader } from './os-release.ts';
import type { PackageFact } from './package-facts.ts';
import { pythonMetadataReader } from './pypi/metadata.ts';
import { pythonPathListReader } from './pypi/path-lists.ts';
import { rpmDatabaseReader } from './rpm/rpm-database.ts';
import { rpmWriteAheadLogReader } from './rpm/write-ahead-log.ts';
import { sbomReader } from './sbom/sbom.ts';

/** What reads packages, one a kind of file. To add one, add a file and a line here. */
export const packageReaders: readonly FactReader<PackageFact>[] = [
	osReleaseReader,
	dpkgStatusReader,
	dpkgStatusFolderReader,
	dpkgPathListReader,
	dpkgDiversionsReader,
	apkInstalledReader,
	rpmDatabaseReader,
	rpmWriteAheadLogReader,
	npmReader,
	pythonMetadataReader,
	pythonPathListReader,
	gemSpecificationReader,
	gemExtensionsReader,
	cargoReader,
	goReader,
	javaReader,
	nugetReader,
	sbomReader,
];
