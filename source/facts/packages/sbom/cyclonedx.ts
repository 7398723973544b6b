import { isObject, type JsonObject, objectsIn, shortText } from '../../json-document.ts';
import type { SbomContents } from './sbom-packages.ts';

/** What a document of CycloneDX lists, with what it is about; null where it is none. */
export function cycloneDxContents(document: JsonObject): SbomContents | null {
	if (document.bomFormat !== 'CycloneDX') return null;
	const { metadata, components, dependencies } = document;
	const subject = isObject(metadata) && isObject(metadata.component) ? [metadata.component] : [];
	return {
		elements: [...subject, ...objectsIn(components)].flatMap(elementsOf),
		dependencies: objectsIn(dependencies).flatMap(dependenciesOf),
	};
}

/** A component and those within it. How deep they nest was bounded before they were parsed. */
function elementsOf(component: JsonObject): SbomContents['elements'] {
	const purl = shortText(component.purl);
	const own = purl === null ? [] : [{ reference: shortText(component['bom-ref']), purl }];
	return [...own, ...objectsIn(component.components).flatMap(elementsOf)];
}

function dependenciesOf({ ref, dependsOn }: JsonObject): SbomContents['dependencies'] {
	const from = shortText(ref);
	if (from === null || !Array.isArray(dependsOn)) return [];
	return dependsOn.flatMap((one) => {
		const to = shortText(one);
		return to === null ? [] : [{ from, to }];
	});
}
