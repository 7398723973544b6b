import type { ChangeKind } from '../../../filetree/file-tree.ts';
import { changeLetters } from '../../../filetree/words/change-letters.ts';
import type { StyleName } from '../line.ts';

/** The letter of a change whose kind is not known yet. */
export const COMPARING = '~';

/** The letter of a directory that did not change itself but contains changes. */
export const CHANGES_BELOW = '·';

export const changeStyles: Readonly<Record<ChangeKind, StyleName>> = {
	absent: 'plain',
	unchanged: 'plain',
	added: 'added',
	content: 'content',
	metadata: 'metadata',
	identical: 'identical',
	removed: 'removed',
};

/** How a change is marked. While contents are being compared, content, metadata and identical copies cannot be told apart. */
export function changeMark(
	kind: ChangeKind,
	isComparing: boolean,
): { readonly letter: string; readonly style: StyleName } {
	const isOpen = isComparing && (kind === 'content' || kind === 'metadata' || kind === 'identical');
	return isOpen
		? { letter: COMPARING, style: 'content' }
		: { letter: changeLetters[kind], style: changeStyles[kind] };
}

export interface LetterMeaning {
	readonly letter: string;
	readonly style: StyleName;
	readonly meaning: string;
}

/** The meanings of the letters, for the help. */
export const letterMeanings: readonly LetterMeaning[] = [
	{ letter: changeLetters.added, style: 'added', meaning: 'added' },
	{ letter: changeLetters.content, style: 'content', meaning: 'content changed' },
	{ letter: changeLetters.metadata, style: 'metadata', meaning: 'only mode, owner or attributes changed' },
	{ letter: changeLetters.identical, style: 'identical', meaning: 'shipped again, identical' },
	{ letter: changeLetters.removed, style: 'removed', meaning: 'removed' },
	{ letter: CHANGES_BELOW, style: 'faint', meaning: 'something in it changed' },
	{ letter: COMPARING, style: 'content', meaning: 'changed, contents still being compared' },
];
