import type { Steps } from '../../../steps.ts';
import type { FactReader } from '../../fact-reader.ts';
import { opensObject, parseJsonInSteps } from '../../json-document.ts';
import { gatherFile } from '../../whole-file.ts';
import type { PackageFact } from '../package-facts.ts';
import { cycloneDxContents } from './cyclonedx.ts';
import { sbomPackages } from './sbom-packages.ts';
import { spdxContents } from './spdx.ts';

const MOST_BYTES = 16 * 1024 * 1024;

/** The names that SPDX and CycloneDX recommend, those that tools write, and Bitnami's `.spdx-postgresql.spdx`. */
const documentName = /(?:\.(?:spdx|cdx)\.json|(?:^|\/)(?:bom|sbom[^/]*)\.json|(?:^|\/)\.spdx-[^/]*\.spdx)$/i;

/** Reads software bills of materials in the JSON formats of SPDX and CycloneDX. A file of such a name that is neither says nothing. */
export const sbomReader: FactReader<PackageFact> = {
	name: 'sbom',
	fileNames: ['.json', '.spdx'],
	open: (file) =>
		isDocument(file.path)
			? gatherFile(file, {
					mostBytes: MOST_BYTES,
					magicBytes: 64,
					hasMagic: opensObject,
					parseInSteps: parseSbom,
				})
			: null,
};

/** The packages of a document; null where it is of neither format. The first step, which is the parser's, takes the longest. */
export function* parseSbom(content: Uint8Array): Steps<PackageFact | null> {
	const document = yield* parseJsonInSteps(content);
	yield;
	const contents = spdxContents(document) ?? cycloneDxContents(document);
	return contents && { kind: 'sbom', packages: yield* sbomPackages(contents) };
}

/** Looks at the end first, as most files of an image have another. */
function isDocument(path: string): boolean {
	return (path.endsWith('.json') || path.endsWith('.spdx')) && documentName.test(path);
}
