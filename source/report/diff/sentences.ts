import type { DifferencePart, DifferingParts } from '../../diff/differing-parts.ts';

const words = { files: 'files', layers: 'layers', config: 'config' } as const;

/** That the parts of two images that are compared are equal, in one plain sentence; null where they are not, or where that is not known. */
export function equalitySentence(
	parts: ReadonlySet<DifferencePart>,
	differing: DifferingParts,
): string | null {
	const compared = (['files', 'layers', 'config'] as const).filter((part) => parts.has(part));
	if (compared.length === 0 || compared.some((part) => differing[part] !== false)) return null;
	if (compared.length === 3) return 'The images are equal: the same files, layers and config.';
	return `Both images have the same ${compared.map((part) => words[part]).join(' and ')}.`;
}
