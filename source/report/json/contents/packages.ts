import type { OwnedPackage, Packages } from '../../../analysis/packages/packages.ts';
import type { PathTree } from '../../../filetree/file-tree.ts';
import { pathOf } from '../../../filetree/paths.ts';
import type { JsonWriter } from '../json-writer.ts';
import type { JsonPackage, JsonUnowned } from './package-schema.ts';

/** Writes whose the live bytes are: the packages, what no package owns, and which layers were not looked into. */
export async function writePackages(
	json: JsonWriter,
	tree: PathTree,
	{ packages, unowned, unreadLayers }: Packages,
): Promise<void> {
	await json.array('packages', packages, (row) =>
		json.object(null, () => json.values(describePackage(tree, row))),
	);
	json.value(
		'unowned',
		unowned.map(({ folder, files, bytes }): JsonUnowned => ({ path: folder, files, bytes })),
	);
	json.value('packagesNotReadInLayers', unreadLayers);
}

function describePackage(tree: PathTree, row: OwnedPackage): JsonPackage {
	const { type, name, version, architecture, source, purl, node, layerIndex, isFromSbom } = row;
	const { files, bytes, addedBytes, also, dependsOn, requiredBy } = row;
	return {
		type,
		name,
		version,
		architecture,
		source,
		purl,
		path: pathOf(tree, node),
		isFromSbom,
		layerIndex,
		files,
		bytes,
		addedBytes,
		alsoFiles: also.files,
		alsoBytes: also.bytes,
		dependsOn,
		requiredBy,
	};
}
