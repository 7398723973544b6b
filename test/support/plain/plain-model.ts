import { bytesOf, type TarEntry, type TarEntryType } from '../archives/tar-entry.ts';

/*
 * A second, independent reading of docs/figures.md: slow, without any cleverness, a map of paths a layer. The program is checked
 * against it. Paths are strings with one character a byte, so that any name is exact and strings sort as bytes do.
 */

/** What carries bytes. Two paths with one inode are hard links of each other. */
export interface PlainInode {
	readonly content: string;
	readonly layer: number;
	/** The path of the entry that shipped the bytes. */
	readonly path: string;
}

/** What a path is after a layer. */
export interface PlainNode {
	/** A hard link has the type of what it links to. */
	readonly type: Exclude<TarEntryType, 'hard-link'>;
	readonly isHardLink: boolean;
	readonly isImplied: boolean;
	/** Of an implied directory: whether it took the place of what change sets list. */
	readonly isListed: boolean;
	readonly mode: number;
	readonly uid: number;
	readonly gid: number;
	/** Extended attributes, as text that is equal for equal ones. */
	readonly xattrs: string;
	/** Of files. */
	readonly inode: PlainInode | null;
	/** Target of a symlink, numbers of a device. */
	readonly target: string;
	/** The layer that put it there. */
	readonly layer: number;
}

export type PlainState = ReadonlyMap<string, PlainNode>;

export interface PlainLayer {
	readonly before: PlainState;
	readonly after: PlainState;
	/** All that regular-file entries of this layer brought, the superseded ones included. */
	readonly inodes: readonly PlainInode[];
	readonly escapingPaths: number;
	readonly replacedParents: number;
	readonly linksToNothing: number;
	readonly linksBeforeTarget: number;
}

/** A node of the layer that is being applied: a hard link that found nothing waits for the end of the layer. */
type Draft = PlainNode | PendingLink;
interface PendingLink {
	readonly type: 'pending';
	readonly entry: TarEntry;
	readonly layer: number;
	/** What it is to share, and shares with links to it. */
	readonly pending: PendingInode;
}
interface PendingInode {
	/** null where nothing can be found. */
	readonly targetPath: string | null;
}

/** Applies layers, lowest first, to the empty file system. */
export function stackPlainly(layers: readonly (readonly TarEntry[])[]): readonly PlainLayer[] {
	let before: PlainState = new Map();
	return layers.map((entries, index) => {
		const layer = applyLayer(before, entries, index);
		before = layer.after;
		return layer;
	});
}

function applyLayer(before: PlainState, entries: readonly TarEntry[], layer: number): PlainLayer {
	const draft = new Map<string, Draft>(before);
	const inodes: PlainInode[] = [];
	const replacedByEntries = new Set<string>();
	let escapingPaths = 0;
	let replacedParents = 0;
	const named = entries.map((entry) => ({ entry, ...pathAndMarker(bytesAsText(entry.name)) }));
	for (const { marker, path } of named) {
		if (marker === 'escapes') escapingPaths += 1;
		if (marker === 'whiteout') removeTree(draft, path);
		if (marker === 'opaque') removeBelow(draft, path);
	}
	for (const { entry, marker, path } of named) {
		if (marker !== 'none' || path === '') continue;
		const isOther = (there: Draft | undefined) =>
			there !== undefined && there.type !== 'directory' && there.layer < layer;
		for (const parent of parentsOf(path)) {
			const there = draft.get(parent);
			if (replacedByEntries.delete(parent) || isOther(there)) replacedParents += 1;
			if (there?.type !== 'directory') draft.set(parent, impliedDirectory(layer));
		}
		if (entry.type === 'directory' && isOther(draft.get(path))) replacedByEntries.add(path);
		if (entry.type !== 'directory') {
			removeTree(draft, path);
			for (const replaced of replacedByEntries)
				if (`${replaced}/`.startsWith(`${path}/`)) replacedByEntries.delete(replaced);
		}
		draft.set(
			path,
			entry.type === 'hard-link' ? linkTo(draft, entry, layer) : nodeOf(entry, path, layer, inodes),
		);
	}
	return { before, inodes, escapingPaths, replacedParents, ...finishLayer(before, draft) };
}

export type Marker = 'none' | 'whiteout' | 'opaque' | 'ignored' | 'escapes';

/** The literal path of an entry and what its name means; a marker has the path that it acts on. */
export function pathAndMarker(name: string): { path: string; marker: Marker } {
	const components = literalComponents(name);
	if (components === null) return { path: '', marker: 'escapes' };
	const folder = components.slice(0, -1);
	const last = components.at(-1) ?? '';
	const isBookkeeping = (component: string) => component.startsWith('.wh..wh.');
	if (folder.some(isBookkeeping)) return { path: '', marker: 'ignored' };
	if (last === '.wh..wh..opq') return { path: folder.join('/'), marker: 'opaque' };
	if (isBookkeeping(last)) return { path: '', marker: 'ignored' };
	if (last.startsWith('.wh.')) return { path: [...folder, last.slice(4)].join('/'), marker: 'whiteout' };
	return { path: components.join('/'), marker: 'none' };
}

/** Null when one of them is `..`. */
function literalComponents(name: string): readonly string[] | null {
	const components = name.split('/').filter((component) => component !== '' && component !== '.');
	return components.includes('..') ? null : components;
}

/** The parents of a path, the root left out, outermost first. */
export function parentsOf(path: string): readonly string[] {
	const components = path.split('/').slice(0, -1);
	return components.map((_, index) => components.slice(0, index + 1).join('/'));
}

function removeTree(draft: Map<string, Draft>, path: string): void {
	removeBelow(draft, path);
	draft.delete(path);
}

/** Only below a directory can there be anything to look for. */
function removeBelow(draft: Map<string, Draft>, path: string): void {
	if (path !== '' && draft.get(path)?.type !== 'directory') return;
	for (const other of [...draft.keys()]) {
		if (path === '' || other.startsWith(`${path}/`)) draft.delete(other);
	}
}

function impliedDirectory(layer: number): PlainNode {
	const attributes = { mode: 0o755, uid: 0, gid: 0, xattrs: '' };
	return {
		...attributes,
		type: 'directory',
		isHardLink: false,
		isImplied: true,
		isListed: false,
		inode: null,
		target: '',
		layer,
	};
}

function nodeOf(entry: TarEntry, path: string, layer: number, inodes: PlainInode[]): PlainNode {
	const { type, mode, uid, gid } = entry;
	const node = { ...newNode, mode, uid, gid, xattrs: xattrsOf(entry), layer };
	if (type === 'hard-link') throw new Error('a hard link is what it links to');
	if (type === 'file') {
		const inode = { content: bytesAsText(entry.content), layer, path };
		inodes.push(inode);
		return { ...node, type, inode };
	}
	if (type === 'symlink') return { ...node, type, target: bytesAsText(entry.target) };
	if (type === 'character-device' || type === 'block-device') {
		return { ...node, type, target: entry.device.join(':') };
	}
	return { ...node, type };
}

const newNode = {
	isHardLink: false,
	isImplied: false,
	isListed: true,
	inode: null,
	target: '',
	xattrs: '',
} as const;

/** What a hard link is that meets what is there now. */
function linkTo(draft: ReadonlyMap<string, Draft>, entry: TarEntry, layer: number): Draft {
	const targetPath = literalComponents(bytesAsText(entry.target))?.join('/') ?? null;
	const target = targetPath === null ? undefined : draft.get(targetPath);
	if (target === undefined) return { type: 'pending', entry, layer, pending: { targetPath } };
	if (target.type === 'directory') return { type: 'pending', entry, layer, pending: { targetPath: null } };
	if (target.type === 'pending') return { type: 'pending', entry, layer, pending: target.pending };
	return secondName(target, entry, layer);
}

function secondName(target: PlainNode, entry: TarEntry, layer: number): PlainNode {
	const { mode, uid, gid } = entry;
	return { ...target, isHardLink: true, mode, uid, gid, xattrs: xattrsOf(entry) || target.xattrs, layer };
}

type FinishedLayer = Pick<PlainLayer, 'after' | 'linksToNothing' | 'linksBeforeTarget'>;

function finishLayer(before: PlainState, draft: ReadonlyMap<string, Draft>): FinishedLayer {
	const after = new Map<string, PlainNode>();
	let linksToNothing = 0;
	let linksBeforeTarget = 0;
	for (const [path, node] of draft) {
		if (node.type !== 'pending') {
			const isListed = node.isImplied ? (before.get(path)?.isListed ?? false) : true;
			after.set(path, { ...node, isListed });
			continue;
		}
		const { entry, layer, pending } = node;
		const target = follow(draft, pending);
		if (target === null) linksToNothing += 1;
		else linksBeforeTarget += 1;
		const emptyFile = {
			...newNode,
			type: 'file' as const,
			inode: { content: '', layer, path },
			mode: 0,
			uid: 0,
			gid: 0,
			layer,
		};
		after.set(path, secondName(target ?? emptyFile, entry, layer));
	}
	return { after, linksToNothing, linksBeforeTarget };
}

/** What a link that waited leads to at the end of its layer, over others that waited; null for nothing, a directory or a circle. */
function follow(draft: ReadonlyMap<string, Draft>, first: PendingInode): PlainNode | null {
	const seen = new Set<PendingInode>();
	for (let pending = first; !seen.has(pending); ) {
		seen.add(pending);
		const node = pending.targetPath === null ? undefined : draft.get(pending.targetPath);
		if (node === undefined || node.type === 'directory') return null;
		if (node.type !== 'pending') return node;
		pending = node.pending;
	}
	return null;
}

/** Those of a storage driver are no part of the file. */
function xattrsOf({ xattrs = {} }: TarEntry): string {
	const own = Object.entries(xattrs).filter(([name]) => !/^(?:trusted|user)\.overlay\./.test(name));
	return own
		.map((pair) => JSON.stringify(pair))
		.sort()
		.join();
}

/** One character a byte. */
export function bytesAsText(text: string | Uint8Array): string {
	return Buffer.from(bytesOf(text)).toString('latin1');
}
