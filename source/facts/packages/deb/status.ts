import { FactError, type FactReader } from '../../fact-reader.ts';
import { readLines } from '../../line-file.ts';
import { PackageCollector } from '../field-limits.ts';
import type { PackageFact, PackageRecord } from '../package-facts.ts';
import { type Paragraph, ParagraphReader } from '../paragraphs.ts';
import { controlFields, packageOf } from './control.ts';

const MOST_BYTES = 64 * 1024 * 1024;

/** dpkg's database: the packages of which files are there, also where installing stopped half-way, and not those of which only settings are left. */
export const dpkgStatusReader: FactReader<PackageFact> = {
	name: 'dpkg-status',
	fileNames: ['status'],
	open(file) {
		if (file.path !== 'var/lib/dpkg/status') return null;
		const installed = new PackageCollector();
		let isLast = false;
		const paragraphs = new ParagraphReader({
			wanted: controlFields,
			otherLine: 'error',
			take: (paragraph) => {
				if (hasFiles(paragraph)) installed.add(installedPackage(paragraph));
				if (isLast) requireWhole(paragraph);
			},
		});
		return readLines<PackageFact>(file, {
			mostBytes: MOST_BYTES,
			line: (bytes, start, end) => paragraphs.line(bytes, start, end),
			end: (isDamaged) => {
				isLast = !isDamaged;
				paragraphs.end();
				return { kind: 'packages', packages: installed.packages };
			},
			passOver: () => paragraphs.drop(),
			isCutWithoutLineEnd: true,
		});
	},
};

/**
 * dpkg ends each paragraph with an empty line. A last one without it may have been cut off exactly at the end of a line: then it lacks one of the
 * fields that each package has, and what is known of the package stands.
 */
function requireWhole(paragraph: Paragraph): void {
	const needed = hasFiles(paragraph) ? ['architecture', 'version'] : ['status'];
	const missing = needed.find((name) => paragraph.get(name) === undefined);
	if (missing !== undefined) throw new FactError(`the file ends in a package without its ${missing}`);
}

/** dpkg(1), package states: the third word of the status. */
const statesWithoutFiles: ReadonlySet<string> = new Set(['not-installed', 'config-files']);

function hasFiles(paragraph: Paragraph): boolean {
	const state = paragraph.get('status')?.split(/\s+/)[2];
	return state !== undefined && !statesWithoutFiles.has(state);
}

/** Packages of several architectures at once have their lists by both; before dpkg 1.16.2 all had them by name. */
function installedPackage(paragraph: Paragraph): PackageRecord {
	const isSame = paragraph.get('multi-arch') === 'same';
	return packageOf(paragraph, ({ name, architecture }) =>
		isSame && architecture !== null ? [`${name}:${architecture}`, name] : [name],
	);
}
