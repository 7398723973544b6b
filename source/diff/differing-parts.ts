import type { ImageDifference } from './image-difference.ts';

/** The parts of a comparison, each of which can be reported alone. */
export const differenceParts = ['files', 'layers', 'config', 'figures'] as const;
export type DifferencePart = (typeof differenceParts)[number];

/** Whether a part differs; null where that is not known. Figures follow from the rest and never tell images apart. */
export type DifferingParts = Readonly<Record<Exclude<DifferencePart, 'figures'>, boolean | null>>;

/** Tells which parts of two images differ: the files, the diff IDs of the layers, and the config. */
export function differingParts({ files, layers, config, unknown }: ImageDifference): DifferingParts {
	const counts = Object.values(files.counts);
	const hasFiles = counts.some((count) => count.files + count.directories > 0);
	const facts = [...unknown[0], ...unknown[1]];
	const isFileUnknown = files.unknownContents > 0 || facts.includes('xattrs');
	const isConfigUnknown = facts.some((fact) => fact !== 'xattrs');
	return {
		files: hasFiles || (isFileUnknown ? null : false),
		layers: layers.some(({ kind }) => kind !== 'shared'),
		config: config.length > 0 || (isConfigUnknown ? null : false),
	};
}
