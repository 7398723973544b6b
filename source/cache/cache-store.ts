import { createHash } from 'node:crypto';
import { closeSync, constants, existsSync, fstatSync, futimesSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type IdentityKey, newIdentityKey } from '../tar/content-identity.ts';
import type { Warning } from '../warning.ts';
import { unreadable, unwritable } from './cache-warning.ts';
import { distrust } from './folder-trust.ts';
import { type CacheKey, type KindName, kindNamed } from './kinds/kind.ts';
import { makeFolder } from './make-folder.ts';
import { type Secret, secretOf } from './seal.ts';
import { type Sealed, seal, unseal } from './sealed-file.ts';
import { readIdentityKey, storeIdentityKey } from './stored-identity-key.ts';
import { isCode, writeUnderNames } from './write-file.ts';

/** The modification time of a file says when it was last used. It is updated at most once a day. */
const TOUCH_MILLISECONDS = 24 * 60 * 60 * 1000;

/** A pipe in place of a file must not block the program, and a symbolic link must not lead elsewhere. */
const READ_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

export interface CacheLocation {
	/** It is created when the first file is written. */
	readonly folder: string;
	/** The user who has to own the folder; null where files have no such owners. */
	readonly userId: number | null;
}

interface OwnKey {
	readonly identityKey: IdentityKey;
	readonly secret: Secret;
	/** Whether it is in the folder. Until it is, there is nothing to read. */
	readonly isStored: boolean;
}

/** Sealed files by key, in a folder. The first failure becomes a warning, and from then on nothing is read or written. */
export class CacheStore {
	readonly #location: CacheLocation;
	#key: OwnKey | null = null;
	#warning: Warning | null = null;
	#isUsed = false;

	constructor(location: CacheLocation) {
		this.#location = location;
	}

	/** The key of the folder, else a new one, which is stored in the folder with the first file that is written. */
	get identityKey(): IdentityKey {
		return this.#ownKey().identityKey;
	}

	/** Why the folder cannot be used; null where it can, and where nobody tried. */
	get warning(): Warning | null {
		return this.#isUsed ? this.#warning : null;
	}

	has(kind: KindName, key: CacheKey): boolean {
		return existsSync(this.#pathOf(kind, key));
	}

	/** What `open` makes of a file. A file that it gives null for, or that is damaged, is removed. Null where there is no file. */
	read<T>(kind: KindName, key: CacheKey, open: (sealed: Sealed) => T | null): T | null {
		this.#isUsed = true;
		const { isStored, secret } = this.#ownKey();
		if (!isStored || this.#warning !== null) return null;
		try {
			return this.#readFile(this.#pathOf(kind, key), (fd) => {
				const sealed = unseal(fd, { kind, key, secret });
				return sealed && open(sealed);
			});
		} catch (error) {
			this.#warning = unreadable(this.#location.folder, error);
			return null;
		}
	}

	/** Writes one file under all its keys. Gives the bytes that were written. */
	write(sealed: Sealed): number {
		this.#isUsed = true;
		try {
			return this.#canWrite(sealed.kind) ? this.#writeFile(sealed) : 0;
		} catch (error) {
			this.#warning = unwritable(this.#location.folder, error);
			return 0;
		}
	}

	#writeFile(sealed: Sealed): number {
		const pieces = seal(sealed, this.#ownKey().secret);
		writeUnderNames(
			sealed.keys.map((key) => this.#pathOf(sealed.kind, key)),
			pieces,
		);
		return pieces.reduce((sum, { length }) => sum + length, 0);
	}

	/** Whether files of a kind can be written, after making the folder and its key. Throws the system's errors. */
	#canWrite(kind: KindName): boolean {
		const key = this.#ownKey();
		if (this.#warning !== null) return false;
		makeFolder(join(this.#location.folder, kindNamed(kind).folder));
		return key.isStored || this.#storeKey(key);
	}

	#ownKey(): OwnKey {
		this.#key ??= this.#findKey();
		return this.#key;
	}

	#findKey(): OwnKey {
		const { folder } = this.#location;
		let stored: IdentityKey | null = null;
		try {
			if (this.#isTrusted()) stored = readIdentityKey(folder);
		} catch (error) {
			this.#warning = unreadable(folder, error);
		}
		const identityKey = stored ?? newIdentityKey();
		return { identityKey, secret: secretOf(identityKey), isStored: stored !== null };
	}

	#isTrusted(): boolean {
		const { folder, userId } = this.#location;
		this.#warning ??= distrust(folder, userId);
		return this.#warning === null;
	}

	/** False when another process has stored another key meanwhile: then this run stores nothing. */
	#storeKey(key: OwnKey): boolean {
		const isStored = this.#isTrusted() && storeIdentityKey(this.#location.folder, key.identityKey);
		this.#key = { ...key, isStored };
		return isStored;
	}

	#pathOf(kind: KindName, key: CacheKey): string {
		return join(
			this.#location.folder,
			kindNamed(kind).folder,
			createHash('sha256').update(key).digest('hex'),
		);
	}

	#readFile<T>(path: string, read: (fd: number) => T | null): T | null {
		const fd = openIfThere(path);
		if (fd === null) return null;
		try {
			const value = read(fd);
			if (value === null) removeIfPossible(path);
			else touch(fd);
			return value;
		} finally {
			closeSync(fd);
		}
	}
}

function openIfThere(path: string): number | null {
	try {
		return openSync(path, READ_FLAGS);
	} catch (error) {
		if (isCode(error, 'ENOENT')) return null;
		throw error;
	}
}

function touch(fd: number): void {
	const now = Date.now();
	if (now - fstatSync(fd).mtimeMs < TOUCH_MILLISECONDS) return;
	try {
		futimesSync(fd, now / 1000, now / 1000);
	} catch {
		// The file can be read even where the file system is read-only.
	}
}

function removeIfPossible(path: string): void {
	try {
		rmSync(path, { force: true });
	} catch {
		// A file that is of no use does no harm either.
	}
}
