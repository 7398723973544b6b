import type {
	ComparedPackage,
	PackageChange,
	PackageComparison,
} from '../../../diff/packages/compared-packages.ts';
import { packageDelta } from '../../../diff/packages/package-difference.ts';
import type { JsonWriter } from '../../json/json-writer.ts';
import { countsByKind } from '../package-counts.ts';
import type { JsonDifference } from './schema.ts';

/** Writes what differs between the packages: how many, then a row for each; null where a saved report does not have them. */
export async function writePackages(comparison: PackageComparison, json: JsonWriter): Promise<void> {
	if (comparison.kind === 'not-known') {
		json.values({ packageCounts: null, packagesNotReadInLayers: null, packages: null });
		return;
	}
	const { changes, unreadLayers } = comparison.difference;
	json.values({
		packageCounts: countsByKind(changes),
		packagesNotReadInLayers: { old: unreadLayers[0], new: unreadLayers[1] },
	});
	await json.array('packages', changes, (change) =>
		json.object(null, () => json.values(describeChange(change))),
	);
}

function describeChange(change: PackageChange): NonNullable<JsonDifference['packages']>[number] {
	const { kind, packages, differingFiles } = change;
	const [older, newer] = packages;
	const { type, name, architecture } = (newer ?? older) as ComparedPackage;
	return {
		kind,
		type,
		name,
		architecture,
		bytesDelta: packageDelta(change),
		differingFiles,
		old: describePackage(older),
		new: describePackage(newer),
	};
}

function describePackage(each: ComparedPackage | null) {
	if (each === null) return null;
	const { version, purl, layerIndex, files, bytes, addedBytes } = each;
	return { version, purl, layerIndex, files, bytes, addedBytes };
}
