import type { FactReader } from '../../fact-reader.ts';
import { gatherFile } from '../../whole-file.ts';
import type { PackageFact } from '../package-facts.ts';
import { javaPackages } from './java-packages.ts';

const ARCHIVE = /\.(?:jar|war|ear|jpi|hpi|par|lpkg)$/i;
const MOST_BYTES = 128 * 1024 * 1024;

/** Java archives and those in them, by Maven's `pom.properties`, the manifest, or the name of the file. */
export const javaReader: FactReader<PackageFact> = {
	name: 'java',
	fileNames: ['.jar', '.war', '.ear', '.jpi', '.hpi', '.par', '.lpkg'],
	open: (file) =>
		ARCHIVE.test(file.path)
			? gatherFile<PackageFact>(file, {
					mostBytes: MOST_BYTES,
					magicBytes: 4,
					hasMagic: mayBeZip,
					*parseInSteps(content, damage) {
						const packages = yield* javaPackages(file.path, content, damage);
						return packages.length > 0 ? { kind: 'packages', packages } : null;
					},
				})
			: null,
};

/** A zip archive, or one behind a script that starts it. A file of the same name may be anything else. */
function mayBeZip(start: Uint8Array): boolean {
	const first = Buffer.from(start.subarray(0, 4)).toString('latin1');
	return first.startsWith('PK\x03\x04') || first.startsWith('#!');
}
