import { type JsonObject, objectsIn, shortText } from '../../json-document.ts';
import type { SbomContents } from './sbom-packages.ts';

/** What a document of SPDX 2 or 3 lists; null where it is none. */
export function spdxContents(document: JsonObject): SbomContents | null {
	if (shortText(document.spdxVersion)?.startsWith('SPDX-2')) return contentsOf2(document);
	// SPDX 3 is JSON-LD.
	const context = shortText(document['@context']);
	return context?.startsWith('https://spdx.org/rdf/3') ? contentsOf3(document) : null;
}

function contentsOf2({ packages, relationships }: JsonObject): SbomContents {
	return {
		elements: objectsIn(packages).flatMap(({ SPDXID, externalRefs }) =>
			objectsIn(externalRefs)
				.filter(({ referenceType }) => referenceType === 'purl')
				.flatMap(({ referenceLocator }) => elementOf(SPDXID, referenceLocator)),
		),
		dependencies: objectsIn(relationships).flatMap(
			({ spdxElementId, relationshipType, relatedSpdxElement }) => {
				if (relationshipType === 'DEPENDS_ON') return dependencyOf(spdxElementId, relatedSpdxElement);
				return relationshipType === 'DEPENDENCY_OF' ? dependencyOf(relatedSpdxElement, spdxElementId) : [];
			},
		),
	};
}

function contentsOf3(document: JsonObject): SbomContents {
	const graph = objectsIn(document['@graph']);
	return {
		elements: graph
			.filter(({ type }) => type === 'software_Package')
			.flatMap(({ spdxId, software_packageUrl: purl }) => elementOf(spdxId, purl)),
		dependencies: graph
			.filter(({ type, relationshipType }) => type === 'Relationship' && relationshipType === 'dependsOn')
			.flatMap(({ from, to }) => (Array.isArray(to) ? to.flatMap((one) => dependencyOf(from, one)) : [])),
	};
}

function elementOf(reference: unknown, purl: unknown): SbomContents['elements'] {
	const text = shortText(purl);
	return text === null ? [] : [{ reference: shortText(reference), purl: text }];
}

function dependencyOf(from: unknown, to: unknown): SbomContents['dependencies'] {
	const [dependent, needed] = [shortText(from), shortText(to)];
	return dependent === null || needed === null ? [] : [{ from: dependent, to: needed }];
}
