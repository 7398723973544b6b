import { posix } from 'node:path';
import { type Changeset, FILE, HARD_LINK, SYMLINK, stringAt } from '../../tar/changeset.ts';
import { decodeName } from '../../text/decode-name.ts';

/** An archive of more files than this is no image; looking further would only cost memory. */
const MOST_INDEXED = 200_000;
const MOST_HOPS = 16;

/**
 * Finds the files of an outer tar by name. Of several with one name the last counts, as tar does. Where the files of an image are in a folder
 * of the tar, and in one folder alone, names are those in that folder.
 */
export class ArchiveIndex {
	/** The folders that hold an image, where the tar itself does not: `app/`. */
	readonly imageFolders: readonly string[];
	readonly #outer: Changeset;
	readonly #entries = new Map<string, number>();
	readonly #folder: string;

	constructor(outer: Changeset) {
		this.#outer = outer;
		const count = Math.min(outer.count, MOST_INDEXED);
		for (let index = 0; index < count; index++)
			this.#entries.set(decodeName(stringAt(outer.paths, index)), index);
		const isImage = lists.some((name) => this.#entries.has(name)) || this.looksLikeRootFileSystem;
		this.imageFolders = isImage ? [] : imageFoldersIn(this.#entries.keys());
		this.#folder = this.imageFolders.length === 1 ? this.imageFolders[0] : '';
	}

	/** The regular file that a name leads to, through symlinks (as `podman save` and Bazel write them) and hard links. */
	find(name: string): { readonly name: string; readonly entry: number } | null {
		let path = posix.normalize(this.#folder + name).replace(/^\/+/, '');
		for (let hops = 0; hops < MOST_HOPS; hops++) {
			const entry = this.#entries.get(path);
			if (entry === undefined) return null;
			const kind = this.#outer.kinds[entry];
			if (kind === FILE) return { name: path, entry };
			if (kind !== SYMLINK && kind !== HARD_LINK) return null;
			const target = decodeName(stringAt(this.#outer.targets, entry));
			path = posix
				.normalize(kind === SYMLINK ? posix.join(posix.dirname(path), target) : target)
				.replace(/^\/+/, '');
		}
		return null;
	}

	/** Whether there is a path like this, in the folder of the image where there is one. */
	has(path: RegExp): boolean {
		const { length } = this.#folder;
		for (const name of this.#entries.keys())
			if (name.startsWith(this.#folder) && path.test(name.slice(length))) return true;
		return false;
	}

	/** Whether the archive has the folders that a container's root has: what `docker export` writes. */
	get looksLikeRootFileSystem(): boolean {
		return ['etc', 'usr', 'bin'].some((name) => this.#hasRoot(name));
	}

	#hasRoot(name: string): boolean {
		if (this.#entries.has(name)) return true;
		for (const path of this.#entries.keys()) if (path.startsWith(`${name}/`)) return true;
		return false;
	}
}

/** The files that list the images of an archive. */
const lists: readonly string[] = ['manifest.json', 'index.json', 'repositories'];

/** What lies in such folders is a container's file, and no part of an image archive. */
export function isRootFileSystemPath(name: string): boolean {
	return /^(?:bin|boot|dev|etc|home|lib|lib32|lib64|media|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var)\//.test(
		name,
	);
}

/**
 * The folders that have a list of images and what belongs to it: the mark of an image layout, or blobs that are named by digests or as layers.
 * Other programs have a `manifest.json` as well.
 */
function imageFoldersIn(names: Iterable<string>): readonly string[] {
	const listed = new Set<string>();
	const marked = new Set<string>();
	for (const name of names) {
		if (isRootFileSystemPath(name)) continue;
		const list = /^(.+\/)(?:manifest\.json|index\.json|repositories)$/.exec(name)?.[1];
		if (list !== undefined) listed.add(list);
		const mark = /^(.+?\/)(?:oci-layout$|[^/]+\/layer\.tar$|(?:sha256:)?[0-9a-f]{64}(?:[./]|$))/.exec(
			name,
		)?.[1];
		if (mark !== undefined) marked.add(mark);
	}
	return [...listed].filter((folder) => marked.has(folder));
}
