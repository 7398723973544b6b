import { comparedParts, type DifferencePart, type DifferingParts } from '../../diff/differing-parts.ts';
import { escapeForTerminal } from '../../text/escape.ts';
import { shorten } from '../../text/shorten.ts';
import type { PathSelection } from './compared.ts';

/** ` below /app, without **.pyc`, for behind the word files; empty for all paths. Safe for a terminal. */
export function selectionWords({ below, ignore }: PathSelection): string {
	const parts = [
		...(below === null ? [] : [` below ${below}`]),
		...(ignore.length === 0
			? []
			: [` without ${ignore.map((glob) => escapeForTerminal(shorten(glob))).join(', ')}`]),
	];
	return parts.join(',');
}

/** That the parts of two images that are compared are equal, in one plain sentence; null where they are not, or where that is not known. */
export function equalitySentence(
	parts: ReadonlySet<DifferencePart>,
	differing: DifferingParts,
	selection: PathSelection,
): string | null {
	const compared = comparedParts(parts);
	if (compared.length === 0 || compared.some((part) => differing[part] !== false)) return null;
	const where = selectionWords(selection);
	if (compared.length === 3 && parts.has('files') && where === '')
		return 'The images are equal: the same files, layers and config.';
	const same = compared.map((part) => (part === 'files' ? `files${where}` : part));
	const [last, ...others] = same.reverse();
	return `Both images have the same ${[others.reverse().join(', '), last].filter(Boolean).join(' and ')}.`;
}
