import { ProgramLoader } from '../../../tar/webassembly.ts';
import { isTokenByte, isUserInfoByte, MOST_HITS, type Prefix, type PrefixHit } from './prefix.ts';
import { prefixProgram } from './prefix-program.ts';
import { bucketsOf, halfTables } from './prefix-tables.ts';
import { searchPlainly } from './search-plainly.ts';

/** A number that the program exports. */
interface Constant {
	readonly value: number;
}

type Address =
	| 'halves'
	| 'buckets'
	| 'values'
	| 'masks'
	| 'follows'
	| 'classes'
	| 'hitOffsets'
	| 'hitPrefixes'
	| 'window'
	| 'windowBytes'
	| 'padding'
	| 'mostPrefixes';

/** What assembly/prefixes/index.ts exports. */
interface Program extends Readonly<Record<Address, Constant>> {
	readonly memory: { readonly buffer: ArrayBuffer };
	search(bytes: number): number;
}

const USER_INFO = 255;
const TOKEN_BYTE = 1;
const USER_INFO_BYTE = 2;

const loader = new ProgramLoader<Program>(prefixProgram);

/** So many bytes are searched one prefix after the other in about the time that the tables of the program take. */
const WORTH_A_PROGRAM_BYTES = 64 * 1024;

/** The program with its tables. */
interface Prepared {
	readonly program: Program;
	/** Views of its memory, which does not grow: nearly every file of an image is searched, and each view is an object to clear away. */
	readonly views: Views;
	/** What it numbers as prefix n. */
	readonly order: readonly number[];
}

interface Views {
	readonly window: Uint8Array;
	readonly hitOffsets: Uint32Array;
	readonly hitPrefixes: Uint8Array;
}

interface PrefixSearchOptions {
	readonly withWebAssembly?: boolean;
	/** After how many bytes the search is by WebAssembly. */
	readonly plainBytes?: number;
}

/** Looks for all of some prefixes at once: in WebAssembly at more than a gigabyte a second, and without it one after the other. */
export class PrefixSearch {
	readonly #prefixes: readonly Prefix[];
	readonly #withWebAssembly: boolean;
	/** How many more bytes are searched without it. */
	#plainBytes: number;
	/** Null where WebAssembly is not available; undefined before it was needed. */
	#prepared: Prepared | null | undefined;

	constructor(
		prefixes: readonly Prefix[],
		{ withWebAssembly = true, plainBytes = WORTH_A_PROGRAM_BYTES }: PrefixSearchOptions = {},
	) {
		this.#prefixes = prefixes;
		this.#withWebAssembly = withWebAssembly;
		this.#plainBytes = plainBytes;
	}

	/** Where the prefixes stand, in the order of the content; at most `MOST_HITS`. The content may have 1 MiB. */
	find(content: Uint8Array): readonly PrefixHit[] {
		const prepared = this.#preparedFor(content.length);
		if (prepared === null) return searchPlainly(content, this.#prefixes);
		const { program, views, order } = prepared;
		const { windowBytes, padding } = program;
		if (content.length > windowBytes.value) throw new RangeError(`${content.length} bytes do not fit`);
		views.window.set(content);
		views.window.fill(0, content.length, content.length + padding.value);
		const count = program.search(content.length);
		const hits: PrefixHit[] = [];
		for (let hit = 0; hit < count; hit++)
			hits.push({ offset: views.hitOffsets[hit], prefix: order[views.hitPrefixes[hit]] });
		return hits;
	}

	/** Null for the first few bytes, for which it is not worth it, and where WebAssembly is not available. */
	#preparedFor(bytes: number): Prepared | null {
		if (this.#prepared !== undefined) return this.#prepared;
		if (bytes <= this.#plainBytes) {
			this.#plainBytes -= bytes;
			return null;
		}
		this.#prepared = this.#withWebAssembly ? prepare(this.#prefixes) : null;
		return this.#prepared;
	}
}

function prepare(prefixes: readonly Prefix[]): Prepared | null {
	const program = loader.instantiate();
	if (program === null) return null;
	const buckets = bucketsOf(prefixes);
	fillTables(program, prefixes, buckets);
	return { program, views: viewsOf(program), order: buckets.flat() };
}

function viewsOf(program: Program): Views {
	const { window, windowBytes, padding, hitOffsets, hitPrefixes } = program;
	const { buffer } = program.memory;
	return {
		window: new Uint8Array(buffer, window.value, windowBytes.value + padding.value),
		hitOffsets: new Uint32Array(buffer, hitOffsets.value, MOST_HITS),
		hitPrefixes: new Uint8Array(buffer, hitPrefixes.value, MOST_HITS),
	};
}

function fillTables(
	program: Program,
	prefixes: readonly Prefix[],
	buckets: readonly (readonly number[])[],
): void {
	const { buffer } = program.memory;
	const count = prefixes.length;
	if (count > program.mostPrefixes.value) throw new RangeError(`${count} prefixes do not fit`);
	new Uint8Array(buffer, program.halves.value).set(halfTables(prefixes, buckets));
	const starts = new Uint8Array(buffer, program.buckets.value, 9).fill(count);
	const values = new BigUint64Array(buffer, program.values.value, count);
	const masks = new BigUint64Array(buffer, program.masks.value, count);
	const follows = new Uint8Array(buffer, program.follows.value, count);
	let number = 0;
	for (const [bucket, members] of buckets.entries()) {
		starts[bucket] = number;
		for (const member of members) {
			const prefix = prefixes[member];
			values[number] = littleEndian(Buffer.from(prefix.text, 'latin1'));
			masks[number] = littleEndian(Buffer.alloc(prefix.text.length, 0xff));
			follows[number] = prefix.follows === 'user-info' ? USER_INFO : prefix.follows;
			number += 1;
		}
	}
	const classes = new Uint8Array(buffer, program.classes.value, 256);
	for (const byte of classes.keys())
		classes[byte] = (isTokenByte(byte) ? TOKEN_BYTE : 0) | (isUserInfoByte(byte) ? USER_INFO_BYTE : 0);
}

function littleEndian(bytes: Buffer): bigint {
	return Buffer.concat([bytes, Buffer.alloc(8)]).readBigUInt64LE();
}
