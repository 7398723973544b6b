import { posix } from 'node:path';
import { type Changeset, FILE, HARD_LINK, SYMLINK, stringAt } from '../../tar/changeset.ts';
import { decodeName } from '../../text/decode-name.ts';

/** An archive of more files than this is no image; looking further would only cost memory. */
const MOST_INDEXED = 200_000;
const MOST_HOPS = 16;

/** Finds the files of an outer tar by name. Of several with one name the last counts, as tar does. */
export class ArchiveIndex {
	readonly #outer: Changeset;
	readonly #entries = new Map<string, number>();

	constructor(outer: Changeset) {
		this.#outer = outer;
		const count = Math.min(outer.count, MOST_INDEXED);
		for (let index = 0; index < count; index++)
			this.#entries.set(decodeName(stringAt(outer.paths, index)), index);
	}

	/** The regular file that a name leads to, through symlinks (as `podman save` and Bazel write them) and hard links. */
	find(name: string): { readonly name: string; readonly entry: number } | null {
		let path = posix.normalize(name).replace(/^\/+/, '');
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
