import type { ImageDifference } from '../../diff/image-difference.ts';
import type { Both } from '../../diff/merge/merge-structure.ts';
import type { ComparedPackages, PackageComparison } from '../../diff/packages/compared-packages.ts';
import { comparePackages } from '../../diff/packages/package-difference.ts';
import { pathOf } from '../../filetree/paths.ts';
import { runInSlices } from '../../sources/time-slice.ts';
import type { FactsAsking } from '../session-facts.ts';
import type { ComparedImage } from './compared-image.ts';

/**
 * What differs between the packages of two images whose files were compared. Contents are read for it, unless all files are equal. Throws
 * `FathomError`, with `interrupted` when the signal is aborted.
 */
export async function comparePackagesOf(
	images: Both<ComparedImage>,
	difference: ImageDifference,
	asking: FactsAsking = {},
): Promise<PackageComparison> {
	const { count, unknownContents } = difference.files;
	if (count === 0 && unknownContents === 0) return nothingDiffers;
	const older = await packagesOf(images[0], asking);
	const newer = await packagesOf(images[1], asking);
	if (older === null || newer === null)
		return { kind: 'not-known', isKnown: [older !== null, newer !== null] };
	const sides = [
		{ tree: images[0].tree, packages: older },
		{ tree: images[1].tree, packages: newer },
	] as const;
	return {
		kind: 'compared',
		warnings: [await warningsOf(images[0], asking), await warningsOf(images[1], asking)],
		difference: await runInSlices(comparePackages(difference, sides), asking.signal),
	};
}

function warningsOf({ details }: ComparedImage, asking: FactsAsking) {
	return details.warnings(['packages'], asking);
}

const nothingDiffers: PackageComparison = {
	kind: 'compared',
	warnings: [[], []],
	difference: { changes: [], totals: null, unreadLayers: [[], []] },
};

async function packagesOf(
	{ tree, details }: ComparedImage,
	asking: FactsAsking,
): Promise<ComparedPackages | null> {
	const found = await details.packages(asking);
	if (found === null) return null;
	if ('owners' in found) return { ...found, pathOf: (index) => pathOf(tree, found.packages[index].node) };
	return { ...found, owners: null, pathOf: (index) => found.packages[index].path };
}
