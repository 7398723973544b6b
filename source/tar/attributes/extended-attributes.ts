import { hash } from 'node:crypto';
import { ATTRIBUTES_DIGEST_BYTES, CAPABILITIES_BIT } from '../changeset.ts';

/** Extended attributes by name, whose characters are its bytes (Latin-1). */
export type ExtendedAttributes = ReadonlyMap<string, Uint8Array>;

/** Storage drivers keep their own notes in these, which are no part of a file. */
const driverPrefixes = ['trusted.overlay.', 'user.overlay.'];

/** Whether an attribute belongs to the file, and not to the storage driver of the engine that wrote the tar. */
export function isOfFile(name: string): boolean {
	return !driverPrefixes.some((prefix) => name.startsWith(prefix));
}

/** Many files of a layer have the same few attributes, such as labels of SELinux: their digests are known. */
const known = new Map<string, Uint8Array>();
const MOST_KNOWN = 256;
const LONGEST_KNOWN = 1024;

/** What Linux keeps the capabilities of a file in (capabilities(7), "File capabilities"). */
const CAPABILITIES = 'security.capability';

/**
 * Equal attributes have the same digest, in whatever order they come, and one bit of it tells whether capabilities are among them. Each name and
 * value is preceded by its length.
 */
export function attributesDigest(attributes: ExtendedAttributes): Uint8Array {
	const text = [...attributes.keys()]
		.sort()
		.map((name) => `${lengthAnd(name)}${lengthAnd(latin1(attributes.get(name)))}`)
		.join('');
	const digest = known.get(text) ?? digestOf(text, attributes.has(CAPABILITIES));
	if (known.size === MOST_KNOWN) known.clear();
	if (text.length <= LONGEST_KNOWN) known.set(text, digest);
	return digest;
}

function digestOf(text: string, hasCapabilities: boolean): Uint8Array {
	const digest = hash('sha256', Buffer.from(text, 'latin1'), 'buffer').subarray(0, ATTRIBUTES_DIGEST_BYTES);
	digest[0] = (digest[0] & ~CAPABILITIES_BIT) | (hasCapabilities ? CAPABILITIES_BIT : 0);
	return digest;
}

function lengthAnd(text: string): string {
	return `${text.length}:${text}`;
}

/** A character for each byte. */
function latin1(bytes: Uint8Array = new Uint8Array(0)): string {
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
