import type { FactReader } from '../../fact-reader.ts';
import { readLines } from '../../line-file.ts';
import type { PackageFact } from '../package-facts.ts';

const built = /^(?:(.*)\/)?extensions\/[^/]+\/[^/]+\/([^/]+)\/gem\.build_complete$/;

/** The compiled extensions of a gem, of which RubyGems keeps a copy by platform: the file beside them says with its name alone that they are there. */
export const gemExtensionsReader: FactReader<PackageFact> = {
	name: 'gem-extensions',
	fileNames: ['gem.build_complete'],
	open(file) {
		if (!file.path.endsWith('/gem.build_complete')) return null;
		const match = built.exec(file.path);
		if (!match) return null;
		const gem = match[1] === undefined ? `gems/${match[2]}` : `${match[1]}/gems/${match[2]}`;
		const extensions = file.path.slice(0, file.path.lastIndexOf('/'));
		return readLines<PackageFact>(file, {
			mostBytes: 4096,
			line: () => {},
			end: () => ({
				kind: 'paths',
				type: 'gem',
				name: gem,
				paths: new Uint8Array(),
				folders: [gem, extensions],
			}),
		});
	},
};
