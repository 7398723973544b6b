import { FactError, type FactReader, type LayerFile } from '../../fact-reader.ts';
import { readLines } from '../../line-file.ts';
import type { PackageFact } from '../package-facts.ts';
import { PathListBuilder } from '../path-list.ts';

const MOST_BYTES = 32 * 1024 * 1024;

/** A list of a package's paths: dpkg's own, which has its directories too, and the checksums that a distroless image has in its place. */
export const dpkgPathListReader: FactReader<PackageFact> = {
	name: 'dpkg-path-list',
	fileNames: ['.list', '.md5sums'],
	open(file) {
		const list = listOf(file);
		if (list === null) return null;
		const paths = new PathListBuilder();
		return readLines<PackageFact>(file, {
			mostBytes: MOST_BYTES,
			line: (bytes, start, end) => paths.add(list.pathIn(bytes.toString('latin1', start, end))),
			end: (isDamaged) =>
				isDamaged && paths.isEmpty
					? null
					: { kind: 'paths', type: 'deb', name: list.name, paths: paths.take(), folders: [] },
			passOver: () => {},
		});
	},
};

interface List {
	readonly name: string;
	readonly pathIn: (line: string) => string;
}

function listOf({ path }: LayerFile): List | null {
	if (!path.startsWith('var/lib/dpkg/')) return null;
	const name = between(path, 'var/lib/dpkg/info/', '.list');
	if (name !== null) return { name, pathIn: pathAlone };
	const distroless = between(path, 'var/lib/dpkg/status.d/', '.md5sums');
	return distroless === null ? null : { name: distroless, pathIn: pathAfterChecksum };
}

/** The name in a folder before an ending, or null. */
function between(path: string, folder: string, ending: string): string | null {
	if (!path.startsWith(folder) || !path.endsWith(ending)) return null;
	const name = path.slice(folder.length, path.length - ending.length);
	return name === '' || name.includes('/') ? null : name;
}

function pathAlone(line: string): string {
	if (!line.startsWith('/')) throw new FactError('it is not an absolute path');
	return line;
}

/** deb-md5sums(5): 32 hexadecimal digits, two characters, and a path from the root. */
const checksum = /^[0-9a-fA-F]{32} [ *](?=.)/;

function pathAfterChecksum(line: string): string {
	if (!checksum.test(line)) throw new FactError('it is not a checksum with a path');
	return line.slice(34);
}
