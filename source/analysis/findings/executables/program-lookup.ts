import { attributeOf } from '../../../filetree/change-attributes.ts';
import type { FileTree } from '../../../filetree/file-tree.ts';
import { PathFollower } from '../../../filetree/following/follow-path.ts';
import { kindOfEntry } from '../../../filetree/links.ts';
import { pathOf } from '../../../filetree/paths.ts';
import type { RuntimeConfig } from '../../../image/image.ts';
import type { Steps } from '../../../steps.ts';
import { DIRECTORY, SYMLINK } from '../../../tar/changeset.ts';

/** What is at a path when a container starts. */
export type LookedUp =
	| { readonly kind: 'program'; readonly path: string; readonly node: number }
	| { readonly kind: 'not-executable'; readonly path: string; readonly node: number; readonly mode: number }
	| { readonly kind: 'folder'; readonly path: string; readonly node: number }
	/** `link` is the symlink at the path, where there is one: it leads nowhere, or in a circle. */
	| { readonly kind: 'absent'; readonly link: { readonly path: string; readonly node: number } | null }
	/** The image does not tell, as something may be mounted there. */
	| { readonly kind: 'unknown' };

/** Below these an engine mounts things of its own. */
const MOUNTED = ['/dev', '/proc', '/sys', '/run'];
/** Where an image does not say (Docker's, Podman's and containerd's default). */
const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const MOST_FOLDERS = 100;
const EXECUTABLE = 0o111;

/** Finds programs in the final file system, as the runtime of a container does. */
export class ProgramLookup {
	readonly #tree: FileTree;
	readonly #follower: PathFollower;
	readonly #volumes: readonly string[];
	readonly #config: RuntimeConfig;

	constructor(tree: FileTree, config: RuntimeConfig) {
		this.#tree = tree;
		this.#follower = new PathFollower(tree);
		this.#volumes = config.volumes.map(normalised);
		this.#config = config;
	}

	/** A command's first word: a path, or a name to be looked for in the folders of PATH. */
	*command(word: string): Steps<LookedUp> {
		if (word.includes('/')) return yield* this.path(word);
		const folders = (variableOf(this.#config, 'PATH') ?? DEFAULT_PATH).split(':');
		if (
			folders.length > MOST_FOLDERS ||
			!folders.every((folder) => isPlain(folder) && folder.startsWith('/'))
		)
			return { kind: 'unknown' };
		let best: LookedUp = { kind: 'absent', link: null };
		for (const folder of folders) {
			const found = yield* this.path(`${folder}/${word}`);
			if (found.kind === 'program' || found.kind === 'unknown') return found;
			const isBetter = found.kind === 'not-executable' || (found.kind === 'absent' && found.link !== null);
			if (best.kind === 'absent' && best.link === null && isBetter) best = found;
		}
		return best;
	}

	/** A path, which is relative to the working directory where it does not begin with a slash. Symlinks are followed. */
	*path(text: string): Steps<LookedUp> {
		const path = text.startsWith('/') ? text : `${this.#config.workingDir ?? ''}/${text}`;
		if (!isPlain(path) || this.isMounted(path)) return { kind: 'unknown' };
		const found = yield* this.#follower.follow({ path, point: this.#tree.layerCount, followsLast: true });
		if (found.kind === 'absent') {
			const missing = `/${pathOf(this.#tree, found.nearest)}/${found.name}`;
			if (this.isMounted(missing)) return { kind: 'unknown' };
		}
		if (found.kind !== 'found') return { kind: 'absent', link: yield* this.#linkAt(path) };
		return this.isMounted(`/${pathOf(this.#tree, found.node)}`)
			? { kind: 'unknown' }
			: this.#programAt(path, found);
	}

	/** Whether something may be mounted at a path, or at a folder above it. */
	isMounted(path: string): boolean {
		const named = normalised(path);
		return (
			this.#volumes.includes(named) ||
			[...MOUNTED, ...this.#volumes].some((mount) => named.startsWith(`${mount}/`))
		);
	}

	*#linkAt(path: string): Steps<{ readonly path: string; readonly node: number } | null> {
		const found = yield* this.#follower.follow({
			path: normalised(path),
			point: this.#tree.layerCount,
			followsLast: false,
		});
		if (found.kind !== 'found' || found.node === 0) return null;
		const isLink = kindOfEntry(this.#tree, found.change) === SYMLINK;
		return isLink ? { path: normalised(path), node: found.node } : null;
	}

	#programAt(path: string, { node, change }: { readonly node: number; readonly change: number }): LookedUp {
		const at = { path: normalised(path), node };
		if (node === 0 || kindOfEntry(this.#tree, change) === DIRECTORY) return { kind: 'folder', ...at };
		const mode = attributeOf(this.#tree, change, 'modes');
		return (mode & EXECUTABLE) === 0 ? { kind: 'not-executable', ...at, mode } : { kind: 'program', ...at };
	}
}

/** The value of an environment variable; null where the image does not set it. */
export function variableOf({ env }: RuntimeConfig, name: string): string | null {
	const found = env.findLast((each) => each.startsWith(`${name}=`));
	return found === undefined ? null : found.slice(name.length + 1);
}

/** Whether a path is what it says: without variables, and text that was decoded as it is. */
function isPlain(path: string): boolean {
	return !/[$\0\ufffd]/.test(path);
}

function normalised(path: string): string {
	return path
		.split('/')
		.filter((name) => name !== '' && name !== '.')
		.map((name) => `/${name}`)
		.join('');
}
