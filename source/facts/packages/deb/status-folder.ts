import type { FactReader, LayerFile } from '../../fact-reader.ts';
import { readLines } from '../../line-file.ts';
import type { PackageFact, PackageRecord } from '../package-facts.ts';
import { ParagraphReader } from '../paragraphs.ts';
import { controlFields, packageOf } from './control.ts';

const MOST_BYTES = 4 * 1024 * 1024;
const FOLDER = 'var/lib/dpkg/status.d/';

/** A package of a distroless image, which has a file with the control paragraph for each and no database. */
export const dpkgStatusFolderReader: FactReader<PackageFact> = {
	name: 'dpkg-status-folder',
	open(file) {
		const fileName = nameIn(file);
		if (fileName === null || fileName.endsWith('.md5sums')) return null;
		const packages: PackageRecord[] = [];
		const paragraphs = new ParagraphReader({
			wanted: controlFields,
			otherLine: 'error',
			// The list beside it has the name of this file, which may be short, such as `base` for base-files.
			take: (paragraph) => packages.push(packageOf(paragraph, () => [fileName])),
		});
		return readLines<PackageFact>(file, {
			mostBytes: MOST_BYTES,
			line: (bytes, start, end) => paragraphs.line(bytes, start, end),
			isDone: () => packages.length > 0,
			end: () => {
				paragraphs.end();
				return packages.length > 0 ? { kind: 'packages', packages } : null;
			},
		});
	},
};

function nameIn(file: LayerFile): string | null {
	if (!file.path.startsWith(FOLDER)) return null;
	const name = file.path.slice(FOLDER.length);
	return name.includes('/') ? null : name;
}
