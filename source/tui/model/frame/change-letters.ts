import type { ChangeKind } from '../../../filetree/file-tree.ts';
import type { StyleName } from '../line.ts';

/** The letter of each kind of change. */
export const changeLetters: Readonly<Record<ChangeKind, string>> = {
	absent: ' ',
	unchanged: ' ',
	added: 'A',
	content: 'M',
	metadata: 'm',
	identical: '=',
	removed: 'D',
};

/** Stands before a directory that did not change itself, but something in it did. */
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

export interface LetterMeaning {
	readonly letter: string;
	readonly style: StyleName;
	readonly meaning: string;
}

/** What the letters mean, for the help. */
export const letterMeanings: readonly LetterMeaning[] = [
	{ letter: changeLetters.added, style: 'added', meaning: 'added' },
	{ letter: changeLetters.content, style: 'content', meaning: 'content changed' },
	{ letter: changeLetters.metadata, style: 'metadata', meaning: 'only mode or owner changed' },
	{ letter: changeLetters.identical, style: 'identical', meaning: 'shipped again, identical' },
	{ letter: changeLetters.removed, style: 'removed', meaning: 'removed' },
	{ letter: CHANGES_BELOW, style: 'faint', meaning: 'something in it changed' },
];
