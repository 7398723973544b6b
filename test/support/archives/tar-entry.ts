/** One entry of a tar, as a test writes it. Text is written as UTF-8. */
export interface TarEntry {
	readonly name: string | Uint8Array;
	readonly type: TarEntryType;
	readonly mode: number;
	readonly uid: number;
	readonly gid: number;
	/** Seconds since 1970. */
	readonly mtime: number;
	/** Of files. */
	readonly content: Uint8Array;
	/** Of hard links and symlinks. */
	readonly target: string | Uint8Array;
	/** Major and minor number of devices. */
	readonly device: readonly [number, number];
	/** Extended attributes; in a tar they are in an extended header before the entry. */
	readonly xattrs?: Readonly<Record<string, string>>;
}

export type TarEntryType =
	| 'file'
	| 'hard-link'
	| 'symlink'
	| 'character-device'
	| 'block-device'
	| 'directory'
	| 'fifo';

export type Attributes = Partial<Pick<TarEntry, 'mode' | 'uid' | 'gid' | 'mtime' | 'xattrs'>>;

type Text = string | Uint8Array;

const plain: Omit<TarEntry, 'name' | 'type'> = {
	mode: 0o644,
	uid: 0,
	gid: 0,
	mtime: 1_700_000_000,
	content: new Uint8Array(),
	target: '',
	device: [0, 0],
};

export function file(name: Text, content: string | Uint8Array = '', attributes: Attributes = {}): TarEntry {
	return { ...plain, ...attributes, name, type: 'file', content: bytesOf(content) };
}

export function directory(name: Text, attributes: Attributes = {}): TarEntry {
	return { ...plain, mode: 0o755, ...attributes, name, type: 'directory' };
}

export function symlink(name: Text, target: Text, attributes: Attributes = {}): TarEntry {
	return { ...plain, mode: 0o777, ...attributes, name, type: 'symlink', target };
}

export function hardLink(name: Text, target: Text, attributes: Attributes = {}): TarEntry {
	return { ...plain, ...attributes, name, type: 'hard-link', target };
}

export function device(
	name: Text,
	type: 'character-device' | 'block-device',
	numbers: readonly [number, number],
): TarEntry {
	return { ...plain, name, type, device: numbers };
}

export function fifo(name: Text, attributes: Attributes = {}): TarEntry {
	return { ...plain, ...attributes, name, type: 'fifo' };
}

/** The marker that removes `path` from the layers below. */
export function whiteout(path: string): TarEntry {
	const slash = path.lastIndexOf('/') + 1;
	return file(`${path.slice(0, slash)}.wh.${path.slice(slash)}`);
}

/** The marker that removes what the layers below put into `path`; empty for the root. */
export function opaque(path: string): TarEntry {
	return file(path === '' ? '.wh..wh..opq' : `${path}/.wh..wh..opq`);
}

export function bytesOf(text: Text): Uint8Array {
	return typeof text === 'string' ? new TextEncoder().encode(text) : text;
}
