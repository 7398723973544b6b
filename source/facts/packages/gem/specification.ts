import { FactError, type FactReader } from '../../fact-reader.ts';
import { readLines } from '../../line-file.ts';
import { boundedText } from '../field-limits.ts';
import type { Claim, PackageFact, PackageRecord } from '../package-facts.ts';
import { PathListBuilder } from '../path-list.ts';
import { type GemHeader, GemLines } from './gem-lines.ts';

const MOST_BYTES = 4 * 1024 * 1024;

/** A Ruby gem, by the specification that RubyGems writes for one that it installs. */
export const gemSpecificationReader: FactReader<PackageFact> = {
	name: 'gem-specification',
	fileNames: ['.gemspec'],
	open(file) {
		if (!file.path.endsWith('.gemspec')) return null;
		const place = placeOf(file.path);
		if (place === null) return null;
		const lines = new GemLines();
		return readLines<PackageFact>(file, {
			mostBytes: MOST_BYTES,
			line: (bytes, start, end) => lines.line(bytes.toString('utf8', start, end)),
			end: () => ({ kind: 'packages', packages: [packageOf(lines, place, file.path)] }),
			passOver: () => {},
		});
	},
};

interface Place {
	/** The folder that has `gems` and `specifications`. */
	readonly root: string;
	/** Whether Ruby comes with it, so that its files lie among Ruby's own. */
	readonly isDefault: boolean;
}

const specification = /^(?:(.*)\/)?specifications\/(default\/)?[^/]+\.gemspec$/;

function placeOf(path: string): Place | null {
	const match = specification.exec(path);
	return match && { root: match[1] ?? '', isDefault: match[2] !== undefined };
}

function packageOf(lines: GemLines, place: Place, path: string): PackageRecord {
	const header = lines.header();
	return {
		type: 'gem',
		name: header.name,
		version: header.version,
		architecture: header.platform,
		source: null,
		dependsOn: lines.dependencies().map((needed) => [needed]),
		provides: [],
		claim: place.isDefault
			? pathsAmongRuby(gemFolder(place.root, header), path, lines.files)
			: claimOf(place.root, header),
	};
}

/** The folder of a gem, and what its compiled extensions add to it. */
function claimOf(root: string, header: GemHeader): Claim {
	const folder = gemFolder(root, header);
	return { kind: 'listed', names: [folder], folder };
}

function gemFolder(root: string, { name, version, platform }: GemHeader): string {
	const full = platform === null ? `${name}-${version}` : `${name}-${version}-${platform}`;
	if (!/^[\w.+-]+$/.test(full)) throw new FactError('its name, version or platform is not one of a gem');
	boundedText(full, 'its name, version and platform');
	return root === '' ? `gems/${full}` : `${root}/gems/${full}`;
}

/**
 * Of a gem that Ruby comes with, what is in `lib` lies in the folder of Ruby's library, as `ruby/3.3.0` beside `ruby/gems/3.3.0`, and programs lie in
 * the folder of the gem.
 */
function pathsAmongRuby(folder: string, path: string, files: readonly string[]): Claim {
	const library = /^((?:.*\/)?ruby)\/gems\/([^/]+)\/specifications\//.exec(path);
	const paths = new PathListBuilder();
	paths.add(path);
	for (const file of files) {
		paths.add(`${folder}/${file}`);
		if (library) paths.add(`${library[1]}/${library[2]}/${file.replace(/^lib\//, '')}`);
	}
	return { kind: 'paths', paths: paths.take() };
}
