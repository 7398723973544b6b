import type { ChangeKind } from '../file-tree.ts';

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
