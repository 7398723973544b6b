import { hash } from 'node:crypto';
import { ATTRIBUTES_DIGEST_BYTES } from '../changeset.ts';

/** Extended attributes by name, whose characters are its bytes (Latin-1). */
export type ExtendedAttributes = ReadonlyMap<string, Uint8Array>;

/** Storage drivers keep their own notes in these, which are no part of a file. */
const driverPrefixes = ['trusted.overlay.', 'user.overlay.'];

/** Whether an attribute belongs to the file, and not to the storage driver of the engine that wrote the tar. */
export function isOfFile(name: string): boolean {
	return !driverPrefixes.some((prefix) => name.startsWith(prefix));
}

/** Equal attributes have the same digest, in whatever order they come. Each name and value is preceded by its length. */
export function attributesDigest(attributes: ExtendedAttributes): Uint8Array {
	const pieces: Uint8Array[] = [];
	const names = [...attributes.keys()].sort();
	for (const name of names) {
		for (const text of [Buffer.from(name, 'latin1'), attributes.get(name) ?? new Uint8Array(0)]) {
			const length = Buffer.alloc(4);
			length.writeUInt32LE(text.length);
			pieces.push(length, text);
		}
	}
	return hash('sha256', Buffer.concat(pieces), 'buffer').subarray(0, ATTRIBUTES_DIGEST_BYTES);
}
