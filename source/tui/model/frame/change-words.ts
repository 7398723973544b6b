import type { ChangeKind } from '../../../filetree/file-tree.ts';

/** What a layer did to a path, in words: "L8 changed its content". */
export const changeWords: Readonly<Record<ChangeKind, string>> = {
	absent: 'does not have it',
	unchanged: 'has it',
	added: 'added it',
	content: 'changed its content',
	metadata: 'changed mode, owner or attributes',
	identical: 'shipped it again, identical',
	removed: 'removed it',
};
