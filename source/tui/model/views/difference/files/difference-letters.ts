import { OTHER_TYPE, UNKNOWN_CONTENT } from '../../../../../diff/merge/content-pairs.ts';
import { changedCountAt, kindAt } from '../../../../../filetree/comparison.ts';
import { changeKinds } from '../../../../../filetree/file-tree.ts';
import { changeLetters } from '../../../../../filetree/words/change-letters.ts';
import { CHANGES_BELOW, changeStyles } from '../../../frame/change-letters.ts';
import type { StyleName } from '../../../line.ts';
import type { OpenedDifference } from '../../../opened-difference.ts';

/** How a row says what became of its path. */
export interface DifferenceMark {
	readonly letter: string;
	readonly style: StyleName;
	readonly meaning: string;
}

const marks = {
	added: { letter: changeLetters.added, style: changeStyles.added, meaning: 'added' },
	removed: { letter: changeLetters.removed, style: changeStyles.removed, meaning: 'removed' },
	content: { letter: changeLetters.content, style: changeStyles.content, meaning: 'content changed' },
	metadata: {
		letter: changeLetters.metadata,
		style: changeStyles.metadata,
		meaning: 'only mode, owner or attributes changed',
	},
	type: { letter: 'T', style: 'content', meaning: 'another type of file' },
	// A tree with moves applied has what moved as identical.
	identical: { letter: 'R', style: 'identical', meaning: 'moved: the same content at another path' },
	below: { letter: CHANGES_BELOW, style: 'faint', meaning: 'something in it changed' },
	unknown: { letter: '?', style: 'warning', meaning: 'same size, contents could not be compared' },
	unchanged: { letter: ' ', style: 'plain', meaning: 'not changed' },
} as const satisfies Readonly<Record<string, DifferenceMark>>;

/** What the letters mean, for the help. */
export const differenceMarks: readonly DifferenceMark[] = Object.values(marks).filter(
	({ letter }) => letter !== ' ',
);

/** What became of a path from the old image to the new one. */
export function differenceMark({ comparison, contents }: OpenedDifference, node: number): DifferenceMark {
	const kind = changeKinds[kindAt(comparison, node)];
	if (kind === 'content') return contents[node] === OTHER_TYPE ? marks.type : marks.content;
	if (kind !== 'unchanged' && kind !== 'absent') return marks[kind];
	if (changedCountAt(comparison, node) > 0) return marks.below;
	return contents[node] === UNKNOWN_CONTENT ? marks.unknown : marks.unchanged;
}
