import { deepEntries } from '../build/build-layer.ts';
import { deviceNumbers } from '../build/encode-entry.ts';
import type { EntryPlan, LayerPlan } from '../plan.ts';

/*
 * A plain reading of docs/figures.md for honest layers: a map of paths, to which the entries of a tar are applied in their order, as an
 * engine unpacks them. It knows nothing of the program.
 */

export interface ModelInode {
	readonly content: string;
}

export interface ModelNode {
	readonly type: EntryPlan['type'];
	/** Of files, and of hard links to them. */
	readonly inode: ModelInode | null;
	/** Type, content, link target and device. */
	readonly substance: string;
	/** `type mode uid gid bytes`, as a report has them. */
	readonly description: string;
	/** Mode, owner and extended attributes. */
	readonly metadata: string;
	readonly layer: number;
}

export type ModelState = ReadonlyMap<string, ModelNode>;

export interface Model {
	readonly totalBytes: number;
	readonly liveBytes: number;
	/** Item k is the file system after layer k. */
	readonly states: readonly ModelState[];
}

/** Null where engines do not agree on what a layer means, such as for a link to a later entry. */
export function modelOf(layers: readonly LayerPlan[]): Model | null {
	const states: ModelState[] = [];
	let totalBytes = 0;
	for (const [layer, { entries, deepPaths }] of layers.entries()) {
		const all = [...entries, ...(deepPaths === null ? [] : deepEntries(deepPaths))];
		const applied = new LayerModel(states.at(-1) ?? new Map(), layer);
		if (!applied.apply(all)) return null;
		totalBytes += applied.shippedBytes;
		states.push(applied.state);
	}
	const inodes = new Set(
		[...(states.at(-1) ?? new Map<string, ModelNode>()).values()].map(({ inode }) => inode),
	);
	const liveBytes = [...inodes].reduce((sum, inode) => sum + (inode?.content.length ?? 0), 0);
	return { totalBytes, liveBytes, states };
}

class LayerModel {
	readonly state: Map<string, ModelNode>;
	shippedBytes = 0;
	readonly #before: ModelState;
	readonly #layer: number;
	/** All paths of the layer. */
	#shipped: ReadonlySet<string> = new Set();

	constructor(before: ModelState, layer: number) {
		this.#before = before;
		this.#layer = layer;
		this.state = new Map(before);
	}

	/** Markers act on the layers below, wherever they are in the tar. False where the meaning is not certain. */
	apply(entries: readonly EntryPlan[]): boolean {
		const named = entries.map((entry) => ({ entry, path: literalPath(entry.name) }));
		this.#shipped = new Set(named.map(({ path }) => path));
		for (const { path } of named) this.#applyMarker(path);
		return named.every(({ entry, path }) => isMarker(path) || this.#applyEntry(entry, path));
	}

	#applyMarker(path: string): void {
		const [folder, name] = splitPath(path);
		if (name === '.wh..wh..opq') this.#removeBelow(folder);
		else if (name.startsWith('.wh.')) this.#remove(joined(folder, name.slice(4)));
	}

	#applyEntry(entry: EntryPlan, path: string): boolean {
		const node = entry.type === 'hard-link' ? this.#link(entry, path) : this.#nodeOf(entry);
		if (node === null) return false;
		for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
			const parent = path.slice(0, slash);
			if (this.state.get(parent)?.type !== 'directory') this.state.set(parent, impliedDirectory(this.#layer));
		}
		if (entry.type !== 'directory') this.#removeBelow(path);
		this.state.set(path, node);
		return true;
	}

	#nodeOf({ type, content, target, mode, uid, gid, xattrs }: EntryPlan): ModelNode {
		const inode = type === 'file' ? { content } : null;
		this.shippedBytes += inode?.content.length ?? 0;
		const device = type.endsWith('device') ? deviceNumbers.join(':') : '';
		return {
			type,
			inode,
			substance: [type, type === 'file' ? content : '', type === 'symlink' ? target : device].join(' '),
			description: [type, mode.toString(8).padStart(4, '0'), uid, gid, inode?.content.length ?? 0].join(' '),
			metadata: JSON.stringify([mode, uid, gid, xattrs]),
			layer: this.#layer,
		};
	}

	#link({ target: written }: EntryPlan, path: string): ModelNode | null {
		const target = literalPath(written);
		if (path === target || path.startsWith(`${target}/`) || target.startsWith(`${path}/`)) return null;
		const there = this.state.get(target);
		const isCertain = there === undefined ? !this.#isElsewhere(target) : there.type !== 'directory';
		if (!isCertain) return null;
		const inode = there === undefined ? { content: '' } : there.inode;
		const substance = there?.substance ?? 'file  ';
		return { type: 'hard-link', inode, substance, description: '', metadata: '', layer: this.#layer };
	}

	/** Whether a target that is not there was there before this layer, or comes later in it. */
	#isElsewhere(target: string): boolean {
		return this.#before.has(target) || this.#shipped.has(target);
	}

	#remove(path: string): void {
		this.#removeBelow(path);
		this.state.delete(path);
	}

	#removeBelow(folder: string): void {
		for (const path of this.state.keys())
			if (folder === '' || path.startsWith(`${folder}/`)) this.state.delete(path);
	}
}

/** Without empty and `.` components. */
function literalPath(name: string): string {
	return name
		.split('/')
		.filter((part) => part !== '' && part !== '.')
		.join('/');
}

function isMarker(path: string): boolean {
	return splitPath(path)[1].startsWith('.wh.');
}

function splitPath(path: string): readonly [folder: string, name: string] {
	const slash = path.lastIndexOf('/');
	return slash === -1 ? ['', path] : [path.slice(0, slash), path.slice(slash + 1)];
}

function joined(folder: string, name: string): string {
	return folder === '' ? name : `${folder}/${name}`;
}

function impliedDirectory(layer: number): ModelNode {
	return { type: 'directory', inode: null, substance: 'directory  ', description: '', metadata: '', layer };
}
