import { type FileTree, IMPLIED_DIRECTORY } from '../../../filetree/file-tree.ts';
import { describingEntryOf } from '../../../filetree/links.ts';
import type { OwnerNames } from '../../../filetree/words/owner-names.ts';
import { permissionsOf } from '../../../filetree/words/permissions.ts';
import { DIRECTORY, HARD_LINK, SYMLINK, stringAt } from '../../../tar/changeset.ts';
import { escapeForTerminal } from '../../../text/escape.ts';
import { shorten } from '../../../text/shorten.ts';
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
		permissions: permissionsOf(kind, modes[entry]),
		owner: `${uids[entry]}:${gids[entry]}`,
		isDirectory: kind === DIRECTORY,
		target: kind === SYMLINK || kind === HARD_LINK ? shownBytes(stringAt(targets, describing.entry)) : null,
	};
}

/** An owner with the names that the image has for it: `node:node (1000:1000)`. Without names the numbers alone. */
export function namedOwner(owner: Attributes['owner'], names: OwnerNames | null): string {
	const [uid, gid] = owner.split(':');
	const user = names?.users.get(Number(uid));
	const group = names?.groups.get(Number(gid));
	if (user === undefined && group === undefined) return owner;
	const shown = (name: string | undefined, id: string) =>
		name === undefined ? id : shorten(escapeForTerminal(name));
	return `${shown(user, uid)}:${shown(group, gid)} (${owner})`;
}
