import type { ImageDifference } from './image-difference.ts';
import type { UnknownFact } from './unknown-facts.ts';

/** The parts of a comparison, each of which can be reported alone. */
export const differenceParts = ['files', 'layers', 'config', 'figures'] as const;
export type DifferencePart = (typeof differenceParts)[number];

/** Whether a part differs; null where that is not known. Figures follow from the rest and never tell images apart. */
export type DifferingParts = Readonly<Record<Exclude<DifferencePart, 'figures'>, boolean | null>>;

/** Tells which parts of two images differ: the files, the diff IDs of the layers, and the config. */
export function differingParts({ files, layers, config, unknown }: ImageDifference): DifferingParts {
	const areUnknown = (facts: readonly UnknownFact[]): boolean =>
		facts.some((fact) => unknown.some((ofImage) => ofImage.has(fact)));
	const counts = Object.values(files.counts);
	const hasFiles = counts.some((count) => count.files + count.directories > 0);
	return {
		files: hasFiles || (files.unknownContents > 0 || areUnknown(['xattrs']) ? null : false),
		layers: layers.some(({ kind }) => kind !== 'shared'),
		config: config.length > 0 || (areUnknown(['healthcheck', 'shell', 'onBuild']) ? null : false),
	};
}
