import { FathomError } from '../../errors.ts';
import { changeBefore } from '../../filetree/comparison.ts';
import { type FileTree, NO_ENTRY } from '../../filetree/file-tree.ts';
import { childrenOf } from '../../filetree/following/find-child.ts';
import { type FollowedPath, PathFollower, type PathToFollow } from '../../filetree/following/follow-path.ts';
import { nameOf, pathOf } from '../../filetree/paths.ts';
import { suggest } from '../../settings/command-line/suggest.ts';
import { runInSlices } from '../../sources/time-slice.ts';
import { escapeForTerminal } from '../../text/escape.ts';
import { shellWord } from '../../text/shell-word.ts';
import { shorten } from '../../text/shorten.ts';
import type { CommandContext } from '../command.ts';
import type { OpenedFiles } from './with-files.ts';

/** What is at a path: the path may lead there by way of symlinks. */
export type FoundFile = Extract<FollowedPath, { kind: 'found' }>;

export type Finding = Pick<CommandContext, 'command' | 'reference' | 'signal' | 'flags'>;

/** At most this many names are searched for the one that was meant. */
const MOST_SIBLINGS = 10_000;

/** Finds a path as the user wrote it. Throws `not-found`, which says where it is. */
export async function findFile(
	{ opened, point }: OpenedFiles,
	wanted: Pick<PathToFollow, 'path' | 'followsLast'>,
	finding: Finding,
): Promise<FoundFile> {
	const { tree } = opened;
	const follower = new PathFollower(tree);
	const follow = (at: number): Promise<FollowedPath> =>
		runInSlices(follower.follow({ ...wanted, point: at }), finding.signal);
	const found = await follow(point);
	if (found.kind === 'found') return found;
	if (found.kind === 'circle') throw circle(tree, wanted.path, found.node);
	const last = await firstFound(follow, downFrom(point - 1));
	if (last !== null) throw gone({ path: wanted.path, point, last }, finding);
	const next = await firstFound(follow, upFrom(point + 1, tree.layerCount));
	if (next !== null) throw notYet({ path: wanted.path, point, next }, finding);
	const hint = await hintFor(tree, found, { point, signal: finding.signal });
	const message = `${finding.reference} has no ${shownPath(wanted.path)}${afterLayer(point, tree)}.`;
	throw new FathomError({ code: 'not-found', message, hint });
}

function* downFrom(point: number): Generator<number> {
	for (let at = point; at > 0; at--) yield at;
}

function* upFrom(point: number, last: number): Generator<number> {
	for (let at = point; at <= last; at++) yield at;
}

/** The first of some points at which a path leads somewhere, or null. */
async function firstFound(
	follow: (point: number) => Promise<FollowedPath>,
	points: Iterable<number>,
): Promise<number | null> {
	for (const point of points) if ((await follow(point)).kind === 'found') return point;
	return null;
}

interface Elsewhere {
	readonly path: string;
	readonly point: number;
}

function gone({ path, last }: Elsewhere & { readonly last: number }, finding: Finding): FathomError {
	return new FathomError({
		code: 'not-found',
		message: `${shownPath(path)} was last there in layer ${last}; layer ${last + 1} removed it.`,
		hint: commandFor(path, last, finding),
	});
}

function notYet({ path, point, next }: Elsewhere & { readonly next: number }, finding: Finding): FathomError {
	return new FathomError({
		code: 'not-found',
		message: `${shownPath(path)} is not there in layer ${point}; layer ${next} brings it.`,
		hint: commandFor(path, next, finding),
	});
}

function commandFor(path: string, layer: number, { command, reference, flags }: Finding): string {
	const folder = flags.get('to');
	const to = folder === undefined ? '' : ` --to ${shellWord(folder)}`;
	return `fathom ${command} ${shellWord(reference)} ${shellWord(path)} --layer ${layer}${to}`;
}

function circle(tree: FileTree, path: string, node: number): FathomError {
	return new FathomError({
		code: 'not-found',
		message: `${shownPath(path)} leads through more than 40 symlinks, /${shownNode(tree, node)} among them.`,
		hint: 'Name the path that it is meant to lead to.',
	});
}

type Missing = Extract<FollowedPath, { kind: 'absent' | 'not-a-folder' }>;

async function hintFor(
	tree: FileTree,
	missing: Missing,
	{ point, signal }: { readonly point: number; readonly signal: AbortSignal },
): Promise<string> {
	if (missing.kind === 'not-a-folder') return `/${shownNode(tree, missing.node)} is no directory.`;
	const { nearest, name } = missing;
	const siblings = (await runInSlices(childrenOf(tree, nearest), signal)).slice(0, MOST_SIBLINGS);
	const names = siblings.filter((node) => isThere(tree, node, point)).map((node) => shownName(tree, node));
	const folder = nearest === 0 ? '' : `/${shownNode(tree, nearest)}`;
	// Only a symlink can be there and lead nowhere.
	if (names.includes(escapeForTerminal(name)))
		return `${folder}/${escapeForTerminal(name)} is a symlink with a target that leads nowhere.`;
	const similar = suggest(name, names);
	if (similar !== null) return `${folder}/${similar}`;
	return `The nearest directory that is there is ${folder === '' ? '/' : folder}.`;
}

function isThere(tree: FileTree, node: number, point: number): boolean {
	const change = changeBefore(tree, node, point);
	return change >= 0 && tree.changeEntries[change] !== NO_ENTRY;
}

function afterLayer(point: number, { layerCount }: FileTree): string {
	return point === layerCount ? '' : ` in layer ${point}`;
}

function shownPath(path: string): string {
	return shorten(path.startsWith('/') ? path : `/${path}`);
}

function shownNode(tree: FileTree, node: number): string {
	return escapeForTerminal(pathOf(tree, node));
}

function shownName(tree: FileTree, node: number): string {
	return escapeForTerminal(nameOf(tree, node));
}
