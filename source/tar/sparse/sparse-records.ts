import { parseInteger, type RawSparseMap } from './sparse-map.ts';

/** How the records of an entry say that it is sparse. */
export type PaxSparse =
	/** Formats 0.0 and 0.1: the map is in the records. */
	| { readonly kind: 'map'; readonly map: RawSparseMap }
	/** Format 1.0: the map is at the start of the data. */
	| { readonly kind: 'map-in-data'; readonly fileBytes: number }
	| { readonly kind: 'invalid' };

const OFFSET = 'offset';
const LENGTH = 'numbytes';

/** The `GNU.sparse.` records of a pax extended header (GNU tar manual, "Storing Sparse Files"). An empty value is as good as none. */
export class SparseRecords {
	/** The name of the file; that in the header is made up. Null when there is none. */
	name: Uint8Array | null = null;
	readonly #values = new Map<string, string>();
	/** Offsets and lengths in turn, which format 0.0 has in a record each. */
	readonly #pairs: string[] = [];
	#isOutOfOrder = false;

	/** Takes the value of `GNU.sparse.KEY`. */
	add(key: string, value: Uint8Array): void {
		const text = Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('latin1');
		if (key === 'name') this.name = value.length === 0 ? null : value;
		else if (key === OFFSET || key === LENGTH) this.#addToMap(key, text);
		else this.#values.set(key, text);
	}

	/** Null when the file is not sparse, or of a version that nobody knows. Read as Go's archive/tar does. */
	read(storedBytes: number): PaxSparse | null {
		if (this.#isOutOfOrder) return { kind: 'invalid' };
		const major = this.#valueOf('major');
		const minor = this.#valueOf('minor');
		const map = this.#pairs.length > 0 ? this.#pairs.join() : this.#valueOf('map');
		const isInData = major === '1' && minor === '0';
		const isInRecords = major === '0' && (minor === '0' || minor === '1');
		if (!isInData && !isInRecords && (major !== '' || minor !== '' || map === '')) return null;
		const size = this.#valueOf('size') || this.#valueOf('realsize');
		const fileBytes = size === '' ? storedBytes : parseInteger(size);
		if (isInData) return { kind: 'map-in-data', fileBytes };
		const numbers = map === '' ? [] : map.split(',').map(parseInteger);
		const count = parseInteger(this.#valueOf('numblocks'));
		return numbers.length === 2 * count ? { kind: 'map', map: { fileBytes, numbers } } : { kind: 'invalid' };
	}

	#addToMap(key: string, text: string): void {
		const isExpected = key === (this.#pairs.length % 2 === 0 ? OFFSET : LENGTH);
		if (!isExpected || text.includes(',')) this.#isOutOfOrder = true;
		else this.#pairs.push(text);
	}

	#valueOf(key: string): string {
		return this.#values.get(key) ?? '';
	}
}
