import { FactError, type FactReader } from '../../fact-reader.ts';
import { readLines } from '../../line-file.ts';
import type { PackageFact } from '../package-facts.ts';
import { PathListBuilder, resolvePath } from '../path-list.ts';

const MOST_BYTES = 32 * 1024 * 1024;
const MOST_MODULES = 10_000;

/** What a Python package has of the file system: dist-info's RECORD, egg-info's installed-files.txt, or the modules in top_level.txt. */
export const pythonPathListReader: FactReader<PackageFact> = {
	name: 'python-path-list',
	fileNames: ['record', 'installed-files.txt', 'top_level.txt'],
	open(file) {
		const format = formatOf(file.path);
		if (format === null) return null;
		const list: List = { info: folderOf(file.path), paths: new PathListBuilder(), folders: [] };
		format.begin?.(list);
		return readLines<PackageFact>(file, {
			mostBytes: MOST_BYTES,
			line: (bytes, start, end) => {
				if (start < end) format.line(bytes.toString('latin1', start, end), list);
			},
			end: (isDamaged) => (isDamaged && list.paths.isEmpty ? null : factOf(file.path, list)),
			passOver: () => {},
		});
	},
};

function factOf(name: string, { paths, folders }: List): PackageFact {
	return { kind: 'paths', type: 'pypi', name, paths: paths.take(), folders };
}

interface List {
	/** The dist-info or egg-info folder. */
	readonly info: string;
	readonly paths: PathListBuilder;
	readonly folders: string[];
}

interface ListFormat {
	readonly begin?: (list: List) => void;
	readonly line: (line: string, list: List) => void;
}

/** Python packaging, recording installed projects: CSV, of which the first column is a path from the folder that dist-info lies in. */
const record: ListFormat = {
	line: (line, { info, paths }) => {
		const path = firstColumn(line);
		if (path !== '') paths.add(resolvePath(folderOf(info), path));
	},
};

/** Of setuptools and pip: a path from the egg-info folder a line. The list itself is not in it. */
const installedFiles: ListFormat = {
	begin: ({ info, paths }) => paths.add(`${info}/installed-files.txt`),
	line: (line, { info, paths }) => paths.add(resolvePath(info, line)),
};

/** Of setuptools: the name of a module or package a line. */
const topLevel: ListFormat = {
	begin: ({ info, folders }) => folders.push(info),
	line: (line, { info, paths, folders }) => {
		if (folders.length > MOST_MODULES) throw new FactError(`more than ${MOST_MODULES} modules`);
		const module = line.trim();
		if (module === '' || !/^[^/.][^/]*$/.test(module)) return;
		const path = resolvePath(folderOf(info), module);
		paths.add(`${path}.py`);
		folders.push(path);
	},
};

function formatOf(path: string): ListFormat | null {
	if (path.endsWith('.dist-info/RECORD')) return record;
	if (path.endsWith('.egg-info/installed-files.txt')) return installedFiles;
	return path.endsWith('-info/top_level.txt') && /\.(?:dist|egg)-info\/top_level\.txt$/.test(path)
		? topLevel
		: null;
}

function folderOf(path: string): string {
	const slash = path.lastIndexOf('/');
	return slash < 0 ? '' : path.slice(0, slash);
}

function firstColumn(line: string): string {
	if (!line.startsWith('"')) return line.split(',', 1)[0];
	let end = line.indexOf('"', 1);
	while (end > 0 && line[end + 1] === '"') end = line.indexOf('"', end + 2);
	if (end < 0) throw new FactError('its first column has no closing quote');
	return line.slice(1, end).replaceAll('""', '"');
}
