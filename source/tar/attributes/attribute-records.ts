import { type ExtendedAttributes, isOfFile } from './extended-attributes.ts';

/** star, GNU tar and engines: the name as it is, and the value's bytes. */
const STAR_PREFIX = 'SCHILY.xattr.';
/** libarchive: the name URL-encoded, the value in base 64. */
const LIBARCHIVE_PREFIX = 'LIBARCHIVE.xattr.';

/** Collects the records of one extended header that are about extended attributes. The last record of a name counts. */
export class AttributeRecords {
	readonly #star = new Map<string, Uint8Array>();
	readonly #libarchive = new Map<string, Uint8Array>();

	/** Takes a record about an attribute, and leaves any other. `key` is in Latin-1. */
	add(key: string, value: Uint8Array): void {
		if (key.startsWith(STAR_PREFIX)) this.#star.set(key.slice(STAR_PREFIX.length), value);
		else if (key.startsWith(LIBARCHIVE_PREFIX)) {
			const text = Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('latin1');
			this.#libarchive.set(urlDecoded(key.slice(LIBARCHIVE_PREFIX.length)), Buffer.from(text, 'base64'));
		}
	}

	/** The attributes; null where there are none. libarchive writes each in both forms: the one that engines read counts. */
	attributes(): ExtendedAttributes | null {
		const all = [...this.#libarchive, ...this.#star].filter(([name]) => name !== '' && isOfFile(name));
		return all.length === 0 ? null : new Map(all);
	}
}

/** In Latin-1: a name is bytes, which need not be UTF-8. */
function urlDecoded(name: string): string {
	return name.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
		String.fromCharCode(Number.parseInt(hex, 16)),
	);
}
