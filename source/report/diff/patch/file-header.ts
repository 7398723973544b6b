import { createHash } from 'node:crypto';
import type { Both } from '../../../diff/merge/merge-structure.ts';
import type { FileTree } from '../../../filetree/file-tree.ts';
import { pathOf } from '../../../filetree/paths.ts';
import {
	BLOCK_DEVICE,
	CHARACTER_DEVICE,
	DIRECTORY,
	entryKinds,
	FIFO,
	FILE,
	SYMLINK,
	stringAt,
} from '../../../tar/changeset.ts';
import { escapeForTerminal, escapePath } from '../../../text/escape.ts';
import type { ChangedFile, FileVersion } from './changed-files.ts';
import type { DescribedBody } from './patch-body.ts';
import { quotedName } from './quoted-name.ts';

/** What the header of a file needs besides the file. */
export interface HeaderInput {
	/** The merged tree. */
	readonly tree: FileTree;
	/** What to call each image, safe for a terminal. */
	readonly labels: Both<string>;
}

/** Whether git has a notation for a path of this kind. */
export function isKnownToGit({ versions }: ChangedFile): boolean {
	return versions.every((version) => version === null || version.kind === FILE || version.kind === SYMLINK);
}

/** The lines before the names of both files, as git writes them (git-diff, "Generating patch text with -p"); none where git sees no difference. */
export function gitHeader({ kind, versions }: ChangedFile, { tree }: HeaderInput): readonly string[] {
	const [older, newer] = versions;
	const [oldName, newName] = namesOf(versions, tree);
	const lines: string[] = [];
	if (older === null) lines.push(`new file mode ${gitMode(newer)}`);
	else if (newer === null) lines.push(`deleted file mode ${gitMode(older)}`);
	else if (gitMode(older) !== gitMode(newer))
		lines.push(`old mode ${gitMode(older)}`, `new mode ${gitMode(newer)}`);
	if (kind === 'moved') {
		const [from, to] = namesOf(versions, tree, ['', '']);
		lines.push('similarity index 100%', `rename from ${from}`, `rename to ${to}`);
	}
	if (lines.length === 0 && kind === 'metadata') return [];
	return [`diff --git ${oldName} ${newName}`, ...lines];
}

/** The two lines before the hunks, which name the images and the layers too: programs that apply patches expect a time in that place, and need none. */
export function fileLines(file: ChangedFile, input: HeaderInput): Both<string> {
	const [oldName, newName] = contentNames(file, input);
	const [oldOrigin, newOrigin] = originsOf(file, input);
	return [`--- ${oldName}\t${oldOrigin}`, `+++ ${newName}\t${newOrigin}`];
}

/** The lines in place of hunks. Without the first one, git mistakes the next file for this one. */
export function binaryLines(
	file: ChangedFile,
	{ digests }: DescribedBody,
	input: HeaderInput,
): readonly string[] {
	const [oldName, newName] = contentNames(file, input);
	const [older, newer] = digests;
	return [
		indexLine(file, [older?.blob ?? null, newer?.blob ?? null]),
		`Binary files ${oldName} and ${newName} differ`,
	];
}

/** Without the mode in this line, GNU patch takes a symlink with another target for a regular file, and refuses to patch it. */
export function symlinkLines(file: ChangedFile): readonly string[] {
	const [older, newer] = file.versions;
	if (older?.kind !== SYMLINK || newer?.kind !== SYMLINK) return [];
	return [indexLine(file, [symlinkBlob(older), symlinkBlob(newer)])];
}

/** What git calls the target of a symlink. */
function symlinkBlob({ target }: FileVersion): string {
	return createHash('sha1').update(`blob ${target.length}\0`).update(target).digest('hex');
}

function indexLine({ versions: [older, newer] }: ChangedFile, blobs: Both<string | null>): string {
	const [oldBlob, newBlob] = blobs.map((blob) => blob?.slice(0, BLOB_LETTERS) ?? NO_BLOB);
	const isOneMode = older !== null && newer !== null && gitMode(older) === gitMode(newer);
	return `index ${oldBlob}..${newBlob}${isOneMode ? ` ${gitMode(newer)}` : ''}`;
}

/** As many as git prints of a short name. */
const BLOB_LETTERS = 7;
const NO_BLOB = '0'.repeat(BLOB_LETTERS);

/** What a patch cannot say of the metadata, and of what git knows nothing of; safe for a terminal. */
export function headerNotes(file: ChangedFile): readonly string[] {
	const [older, newer] = file.versions;
	const facts: string[] = [];
	if (!isKnownToGit(file)) facts.push(...factsUnknownToGit(file.versions));
	if (older !== null && newer !== null) {
		if (older.owner !== newer.owner) facts.push(`owner ${older.owner} -> ${newer.owner}`);
		if (older.attributes !== newer.attributes) facts.push('extended attributes differ');
	}
	return facts;
}

/** The path, and which images and layers have it, where no lines before hunks say so. */
export function originNote(file: ChangedFile, input: HeaderInput): string {
	return `${pathText(file.versions, input.tree)}: ${originsOf(file, input).join(' -> ')}`;
}

function factsUnknownToGit([older, newer]: Both<FileVersion | null>): readonly string[] {
	const version = newer ?? older;
	if (version === null) return [];
	const what = entryKinds[version.kind].replace('-', ' ');
	if (older === null) return [`new ${what}${numbersOf(version)}, mode ${octal(version.mode)}`];
	if (newer === null) return [`deleted ${what}${numbersOf(version)}, mode ${octal(version.mode)}`];
	const facts: string[] = [];
	if (numbersOf(older) !== numbersOf(newer)) facts.push(`${what}${numbersOf(older)} ->${numbersOf(newer)}`);
	if (older.mode !== newer.mode) facts.push(`${what} mode ${octal(older.mode)} -> ${octal(newer.mode)}`);
	return facts;
}

/** Of a device. */
function numbersOf({ target }: FileVersion): string {
	return target.length === 0 ? '' : ` ${escapeForTerminal(Buffer.from(target).toString('latin1'))}`;
}

function octal(mode: number): string {
	return mode.toString(8).padStart(4, '0');
}

/** The path of a version as text that is safe for a terminal; of what moved, both. */
function pathText([older, newer]: Both<FileVersion | null>, tree: FileTree): string {
	const texts = [older, newer].flatMap((version) =>
		version === null ? [] : [`/${escapePath(pathOf(tree, version.node))}`],
	);
	return [...new Set(texts)].join(' -> ');
}

/** The names on the first line, where the file that one image does not have goes by the name of the other. */
function namesOf(
	versions: Both<FileVersion | null>,
	tree: FileTree,
	prefixes: Both<string> = ['a/', 'b/'],
): Both<string> {
	const [older, newer] = versions;
	const nameOf = (prefix: string, version: FileVersion | null): string =>
		version === null ? '' : quotedName(prefix, rawPath(tree, version.node));
	return [nameOf(prefixes[0], older ?? newer), nameOf(prefixes[1], newer ?? older)];
}

function contentNames({ versions }: ChangedFile, { tree }: HeaderInput): Both<string> {
	const names = namesOf(versions, tree);
	return [versions[0] === null ? '/dev/null' : names[0], versions[1] === null ? '/dev/null' : names[1]];
}

function originsOf({ versions }: ChangedFile, { labels }: HeaderInput): Both<string> {
	const originOf = (side: 0 | 1): string => {
		const version = versions[side];
		return version === null ? labels[side] : `${labels[side]}, layer ${version.layerIndex + 1}`;
	};
	return [originOf(0), originOf(1)];
}

function rawPath(tree: FileTree, node: number): Uint8Array {
	const names: Uint8Array[] = [];
	for (let current = node; current > 0; current = tree.parents[current]) {
		if (names.length > 0) names.push(slash);
		names.push(stringAt(tree.names, current));
	}
	return Buffer.concat(names.reverse());
}

const slash = Buffer.from('/');

/** The type of each kind of entry, as in `st_mode` (inode(7)). */
const typeBits: Readonly<Record<number, number>> = {
	[FILE]: 0o100000,
	[SYMLINK]: 0o120000,
	[DIRECTORY]: 0o040000,
	[CHARACTER_DEVICE]: 0o020000,
	[BLOCK_DEVICE]: 0o060000,
	[FIFO]: 0o010000,
};

/** The mode of a symlink means nothing. */
function gitMode(version: FileVersion | null): string {
	if (version === null) return '';
	const { kind, mode } = version;
	return (typeBits[kind] | (kind === SYMLINK ? 0 : mode)).toString(8).padStart(6, '0');
}
