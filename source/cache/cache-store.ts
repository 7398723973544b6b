import { createHash } from 'node:crypto';
import {
	closeSync,
	constants,
	existsSync,
	fstatSync,
	futimesSync,
	mkdirSync,
	openSync,
	rmSync,
	statSync,
} from 'node:fs';
import { join } from 'node:path';
import { type IdentityKey, newIdentityKey } from '../tar/content-identity.ts';
import type { Warning } from '../warning.ts';
import { foreignFolder, unreadable, unwritable } from './cache-warning.ts';
import type { CacheKey } from './layer-cache.ts';
import { type Secret, secretOf } from './seal.ts';
import { type Sealed, type SealedKind, seal, unseal } from './sealed-file.ts';
import { keepIdentityKey, readIdentityKey } from './stored-identity-key.ts';
import { alsoName, isCode, writeWhole } from './write-file.ts';

/** The folder for each kind of file, in the folder of the cache. */
export const rooms: Readonly<Record<SealedKind, string>> = {
	layer: 'layers',
	document: 'documents',
	answer: 'answers',
	tree: 'trees',
};

/** A file's time of change is when it was last used, and that is written down once a day. */
const TOUCH_MILLISECONDS = 24 * 60 * 60 * 1000;

/** Not to wait for somebody at the other end of what should be a file, and not to be led elsewhere. */
const READ_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

export interface StorePlace {
	/** It is made when the first file is written. */
	readonly folder: string;
	/** Who has to own the folder; null where files have no such owners. */
	readonly userId: number | null;
}

interface OwnKey {
	readonly identityKey: IdentityKey;
	readonly secret: Secret;
	/** Whether the folder has it. Until it does, there is nothing to be read. */
	readonly isKept: boolean;
}

/** Sealed files by key, in a folder. What fails is remembered as a warning, and from then on there is nothing to be had. */
export class CacheStore {
	readonly #place: StorePlace;
	#key: OwnKey | null = null;
	#trouble: Warning | null = null;
	#wasAsked = false;

	constructor(place: StorePlace) {
		this.#place = place;
	}

	/** That of the folder, else a new one, which becomes that of the folder with the first file that is written. */
	get identityKey(): IdentityKey {
		return this.#ownKey().identityKey;
	}

	/** Why it is of no use, if it was asked for anything. */
	get trouble(): Warning | null {
		return this.#wasAsked ? this.#trouble : null;
	}

	has(kind: SealedKind, key: CacheKey): boolean {
		return existsSync(this.#pathOf(kind, key));
	}

	/** What `open` makes of a file; null where there is none, and where the file is of no use, which is removed. */
	read<T>(kind: SealedKind, key: CacheKey, open: (sealed: Sealed) => T | null): T | null {
		this.#wasAsked = true;
		const { isKept, secret } = this.#ownKey();
		if (!isKept || this.#trouble !== null) return null;
		try {
			return this.#readFile(this.#pathOf(kind, key), (fd) => {
				const sealed = unseal(fd, kind, secret);
				return sealed && open(sealed);
			});
		} catch (error) {
			this.#trouble = unreadable(this.#place.folder, error);
			return null;
		}
	}

	/** Writes one file under all the keys. Gives the bytes that were written. */
	write(sealed: Sealed, keys: readonly CacheKey[]): number {
		return this.#writing(sealed.kind, 0, () => {
			const [path, ...others] = keys.map((key) => this.#pathOf(sealed.kind, key));
			const pieces = seal(sealed, this.#ownKey().secret);
			writeWhole(path, pieces);
			for (const other of others) if (!isNamedAlso(path, other)) writeWhole(other, pieces);
			return pieces.reduce((sum, { length }) => sum + length, 0);
		});
	}

	/** Gives what is there under one key other keys as well. False where that cannot be done, or it is not there any more. */
	alias(kind: SealedKind, key: CacheKey, others: readonly CacheKey[]): boolean {
		const path = this.#pathOf(kind, key);
		return this.#writing(kind, false, () =>
			others.every((other) => isNamedAlso(path, this.#pathOf(kind, other))),
		);
	}

	/** Does what writes, where that can be done at all. */
	#writing<T>(kind: SealedKind, otherwise: T, work: () => T): T {
		this.#wasAsked = true;
		const key = this.#ownKey();
		if (this.#trouble !== null) return otherwise;
		try {
			mkdirSync(join(this.#place.folder, rooms[kind]), { recursive: true, mode: 0o700 });
			return key.isKept || this.#keepKey(key) ? work() : otherwise;
		} catch (error) {
			this.#trouble = unwritable(this.#place.folder, error);
			return otherwise;
		}
	}

	#ownKey(): OwnKey {
		this.#key ??= this.#findKey();
		return this.#key;
	}

	#findKey(): OwnKey {
		const { folder } = this.#place;
		let kept: IdentityKey | null = null;
		try {
			if (existsSync(folder) && this.#isOwn()) kept = readIdentityKey(folder);
		} catch (error) {
			this.#trouble = unreadable(folder, error);
		}
		const identityKey = kept ?? newIdentityKey();
		return { identityKey, secret: secretOf(identityKey), isKept: kept !== null };
	}

	/** What somebody else has put there is not to be believed, and what we put there is not theirs to read. */
	#isOwn(): boolean {
		const { folder, userId } = this.#place;
		if (userId === null || statSync(folder).uid === userId) return true;
		this.#trouble = foreignFolder(folder);
		return false;
	}

	/** False when another process made another key meanwhile: then nothing is kept in this run. */
	#keepKey(key: OwnKey): boolean {
		const isKept = this.#isOwn() && keepIdentityKey(this.#place.folder, key.identityKey);
		this.#key = { ...key, isKept };
		return isKept;
	}

	#pathOf(kind: SealedKind, key: CacheKey): string {
		return join(this.#place.folder, rooms[kind], createHash('sha256').update(key).digest('hex'));
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
		// On a file system that is read-only now, a file may be read all the same.
	}
}

/** False on file systems that give no file a second name, and where the file is gone. */
function isNamedAlso(path: string, other: string): boolean {
	try {
		alsoName(path, other);
		return true;
	} catch (error) {
		if (isCode(error, 'ENOENT', 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK')) return false;
		throw error;
	}
}

function removeIfPossible(path: string): void {
	try {
		rmSync(path, { force: true });
	} catch {
		// It is no use to anybody, wherever it stays.
	}
}
