import type { ImageDifference } from './image-difference.ts';
import type { PackageComparison, PackageDifference } from './packages/compared-packages.ts';
import { type UnknownFact, unknownFacts } from './unknown-facts.ts';

/** The parts of a comparison, each of which can be reported alone. */
export const differenceParts = ['files', 'packages', 'layers', 'config', 'figures'] as const;
export type DifferencePart = (typeof differenceParts)[number];

/** Whether a part differs; null where that is not known. Figures follow from the rest and never tell images apart. */
export type DifferingParts = Readonly<Record<Exclude<DifferencePart, 'figures'>, boolean | null>>;

/** The parts that tell whether images differ, of those that are reported. Equal files have equal packages. */
export function comparedParts(parts: ReadonlySet<DifferencePart>): readonly (keyof DifferingParts)[] {
	const all = ['files', 'packages', 'layers', 'config'] as const;
	return all.filter((part) => parts.has(part) && !(part === 'packages' && parts.has('files')));
}

const configFacts = unknownFacts.filter((fact) => fact !== 'xattrs');

/** Tells which parts of two images differ: the files, the packages, the diff IDs of the layers, and the config. Null for packages nobody asked for. */
export function differingParts(
	{ files, layers, config, unknown }: ImageDifference,
	packages: PackageComparison | null,
): DifferingParts {
	const areUnknown = (facts: readonly UnknownFact[]): boolean =>
		facts.some((fact) => unknown.some((ofImage) => ofImage.has(fact)));
	const counts = Object.values(files.counts);
	const hasFiles = counts.some((count) => count.files + count.directories > 0);
	return {
		files: hasFiles || (files.unknownContents > 0 || areUnknown(['xattrs']) ? null : false),
		packages: packages?.kind === 'compared' ? havePackagesChanged(packages.difference) : null,
		layers: layers.some(({ kind }) => kind !== 'shared'),
		config: config.length > 0 || (areUnknown(configFacts) ? null : false),
	};
}

/** Null where packages that nobody knows of may differ. */
function havePackagesChanged({ changes, unreadLayers }: PackageDifference): boolean | null {
	if (changes.length > 0) return true;
	return unreadLayers.some((layers) => layers.length > 0) ? null : false;
}
