import { type FileTree, IMPLIED_DIRECTORY } from '../../../filetree/file-tree.ts';
import { describingEntryOf } from '../../../filetree/links.ts';
import { DIRECTORY, HARD_LINK, SYMLINK, stringAt } from '../../../tar/changeset.ts';
import { shownBytes } from './names.ts';

/** What the tar says about a path, as text. */
export interface Attributes {
	/** As `tar -tv` writes it: `drwxr-xr-x`, `h` for a hard link. */
	readonly permissions: string;
	readonly owner: string;
	readonly isDirectory: boolean;
	/** Of a symlink or hard link; null for anything else. */
	readonly target: string | null;
}

const impliedDirectory: Attributes = {
	permissions: 'drwxr-xr-x',
	owner: '0:0',
	isDirectory: true,
	target: null,
};

/** The attributes that a change gave to its path. */
export function attributesOf(tree: FileTree, change: number): Attributes {
	const entry = tree.changeEntries[change];
	if (entry === IMPLIED_DIRECTORY) return impliedDirectory;
	const { modes, uids, gids } = tree.changesets[tree.changeLayers[change]];
	const describing = describingEntryOf(tree, change);
	const { kinds, targets } = tree.changesets[describing.layerIndex];
	const kind = kinds[describing.entry];
	return {
		permissions: typeLetters[kind] + permissionBits(modes[entry]),
		owner: `${uids[entry]}:${gids[entry]}`,
		isDirectory: kind === DIRECTORY,
		target: kind === SYMLINK || kind === HARD_LINK ? shownBytes(stringAt(targets, describing.entry)) : null,
	};
}

/** In the order of `entryKinds`. */
const typeLetters = ['-', 'h', 'l', 'd', 'c', 'b', 'p'];

function permissionBits(mode: number): string {
	const bits = [...'rwxrwxrwx'].map((letter, index) => (mode & (0o400 >> index) ? letter : '-'));
	if (mode & 0o4000) bits[2] = bits[2] === 'x' ? 's' : 'S';
	if (mode & 0o2000) bits[5] = bits[5] === 'x' ? 's' : 'S';
	if (mode & 0o1000) bits[8] = bits[8] === 'x' ? 't' : 'T';
	return bits.join('');
}
