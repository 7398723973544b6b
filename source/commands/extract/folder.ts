import { Buffer } from 'node:buffer';
import { closeSync, constants, existsSync, lstatSync, openSync, realpathSync } from 'node:fs';

/** How a name in an open folder is given to the system. */
export type FolderAccess =
	/** By way of the descriptor, which is the folder itself wherever it is moved to and whatever takes its place (Linux, proc_pid_fd(5)). */
	| 'descriptor'
	/** By the path of the folder, which is checked to lead there before each use. */
	| 'path';

const DESCRIPTORS = '/proc/self/fd';

/** The safest access that this system has. */
export function bestFolderAccess(): FolderAccess {
	return existsSync(DESCRIPTORS) ? 'descriptor' : 'path';
}

const FLAGS = constants.O_RDONLY | constants.O_DIRECTORY;
const SLASH = 0x2f;

/** Thrown where the path of a folder leads elsewhere by now: somebody changes folders at the same time. */
export class FolderMoved extends Error {
	readonly code = 'ENOTDIR';
}

/** A folder that is open. What is made in it goes nowhere else. */
export class Folder {
	/** Its descriptor. */
	readonly descriptor: number;
	readonly #access: FolderAccess;
	/** Where it was when it was opened, without symlinks; for access by path. */
	readonly #path: Buffer;

	private constructor(descriptor: number, access: FolderAccess, path: Buffer) {
		this.descriptor = descriptor;
		this.#access = access;
		this.#path = path;
	}

	/** The folder at a path, to which symlinks may lead. Throws the system's errors. */
	static root(path: string, access: FolderAccess): Folder {
		const real = realpathSync(path, 'buffer');
		return new Folder(openSync(real, FLAGS), access, real);
	}

	/** A folder in this one. Throws the system's errors, for a symlink ELOOP or ENOTDIR. */
	open(name: Uint8Array): Folder {
		const descriptor = openSync(this.pathOf(name), FLAGS | constants.O_NOFOLLOW);
		return new Folder(descriptor, this.#access, join(this.#path, name));
	}

	/** A path of what has that name in the folder, for one call of the system that does not follow symlinks. Throws `FolderMoved`. */
	pathOf(name: Uint8Array): Buffer {
		if (!isSingleName(name)) throw new TypeError('That is no name of a file.');
		if (this.#access === 'descriptor') return join(Buffer.from(`${DESCRIPTORS}/${this.descriptor}`), name);
		if (!this.#isInPlace()) throw new FolderMoved('The folder was moved.');
		return join(this.#path, name);
	}

	close(): void {
		closeSync(this.descriptor);
	}

	#isInPlace(): boolean {
		const stats = lstatSync(this.#path, { throwIfNoEntry: false });
		return stats?.isDirectory() === true && realpathSync(this.#path, 'buffer').equals(this.#path);
	}
}

function isSingleName(name: Uint8Array): boolean {
	if (name.length === 0 || name.includes(SLASH)) return false;
	const text = Buffer.from(name).toString('latin1');
	return text !== '.' && text !== '..';
}

function join(folder: Buffer, name: Uint8Array): Buffer {
	const isRoot = folder.length === 1 && folder[0] === SLASH;
	return Buffer.concat(isRoot ? [folder, name] : [folder, Buffer.of(SLASH), name]);
}
