import { FactError, type FactReader } from '../../fact-reader.ts';
import { readLines } from '../../line-file.ts';
import { boundedText } from '../field-limits.ts';
import type { Claim, PackageFact, PackageRecord } from '../package-facts.ts';
import { type Paragraph, ParagraphReader } from '../paragraphs.ts';
import { normalizeName, parseRequirement } from './names.ts';

const MOST_BYTES = 32 * 1024 * 1024;

/** A Python package by its METADATA, PKG-INFO or `.egg-info` (Python packaging, core metadata). The description after the header is not read. */
export const pythonMetadataReader: FactReader<PackageFact> = {
	name: 'python-metadata',
	fileNames: ['metadata', '.egg-info', 'pkg-info'],
	open(file) {
		const claim = claimOf(file.path);
		if (claim === null) return null;
		let found: PackageRecord | null = null;
		const header = new ParagraphReader({
			wanted: ['name', 'version', 'requires-dist', 'provides-dist'],
			otherLine: 'ends',
			take: (paragraph) => {
				found = packageOf(paragraph, claim);
			},
		});
		return readLines<PackageFact>(file, {
			mostBytes: MOST_BYTES,
			line: (bytes, start, end) => header.line(bytes, start, end),
			isDone: () => found !== null,
			end: () => {
				header.end();
				if (found === null) throw new FactError('it has no Name');
				return { kind: 'packages', packages: [found] };
			},
		});
	},
};

/** What belongs to the package whose metadata lies at a path; null where that is no such file. */
function claimOf(path: string): Claim | null {
	if (path.endsWith('.dist-info/METADATA')) return listed(path, 'METADATA', 'RECORD');
	if (path.endsWith('.egg-info')) return { kind: 'file' };
	if (!path.endsWith('/PKG-INFO')) return null;
	if (path.endsWith('.egg-info/PKG-INFO')) return listed(path, 'PKG-INFO', 'installed-files.txt');
	const egg = '/EGG-INFO/PKG-INFO';
	return path.endsWith(`.egg${egg}`) ? { kind: 'folder', path: path.slice(0, -egg.length) } : null;
}

function listed(path: string, metadata: string, list: string): Claim {
	const folder = path.slice(0, -metadata.length - 1);
	return { kind: 'listed', names: [`${folder}/${list}`, `${folder}/top_level.txt`], folder };
}

function packageOf(header: Paragraph, claim: Claim): PackageRecord {
	const name = boundedText(header.get('name') ?? '', 'the name');
	if (name === '') throw new FactError('the header before it has no Name');
	const normalized = normalizeName(name);
	const provided = [normalized, ...namesOf(header.all('provides-dist'))];
	return {
		type: 'pypi',
		name,
		version: boundedText(header.get('version') ?? '', 'the version'),
		architecture: null,
		source: null,
		dependsOn: namesOf(header.all('requires-dist')).map((needed) => [needed]),
		provides: provided.filter((other) => other !== name),
		claim,
	};
}

/** Packages need seldom more than some hundreds, and few texts can stand for one. */
const MOST_REQUIREMENTS = 10_000;

function namesOf(requirements: readonly string[]): readonly string[] {
	if (requirements.length > MOST_REQUIREMENTS)
		throw new FactError(`more than ${MOST_REQUIREMENTS} requirements`);
	const names = requirements.map((text) => parseRequirement(boundedText(text, 'a requirement')));
	return [...new Set(names.filter((name) => name !== null))];
}
