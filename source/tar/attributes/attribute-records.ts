import { type ExtendedAttributes, isOfFile } from './extended-attributes.ts';

/** star, GNU tar and engines: the name as it is, and the value's bytes. */
const STAR_PREFIX = 'SCHILY.xattr.';
/** libarchive: the name URL-encoded, the value in base 64. */
const LIBARCHIVE_PREFIX = 'LIBARCHIVE.xattr.';

/** Whether a record is about an extended attribute. */
export function isAttributeKey(key: string): boolean {
	return key.startsWith(STAR_PREFIX) || key.startsWith(LIBARCHIVE_PREFIX);
}

/** Collects the records of one extended header that are about extended attributes. The last record of a name counts. */
export class AttributeRecords {
	readonly #star = new Map<string, Uint8Array>();
	readonly #libarchive = new Map<string, Uint8Array>();

	/** Takes a record whose key is an attribute's; `key` is in Latin-1. */
	add(key: string, value: Uint8Array): void {
		const isStar = key.startsWith(STAR_PREFIX);
		const name = isStar ? key.slice(STAR_PREFIX.length) : urlDecoded(key.slice(LIBARCHIVE_PREFIX.length));
		if (name === '' || !isOfFile(name)) return;
		if (isStar) this.#star.set(name, value);
		else this.#libarchive.set(name, fromBase64(value));
	}

	/** The attributes; null if there were no records of any. libarchive writes each in both forms: the one that engines read counts. */
	attributes(): ExtendedAttributes | null {
		const all = this.#libarchive.size === 0 ? this.#star : new Map([...this.#libarchive, ...this.#star]);
		return all.size === 0 ? null : all;
	}
}

function fromBase64({ buffer, byteOffset, byteLength }: Uint8Array): Uint8Array {
	return Buffer.from(Buffer.from(buffer, byteOffset, byteLength).toString('latin1'), 'base64');
}

/** In Latin-1: a name is bytes, which need not be UTF-8. */
function urlDecoded(name: string): string {
	return name.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
		String.fromCharCode(Number.parseInt(hex, 16)),
	);
}
