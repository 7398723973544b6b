import { crc32 } from 'node:zlib';
import { ProgramLoader } from '../webassembly.ts';
import { deflateProgram } from './deflate-program.ts';
import { damaged } from './gzip-error.ts';

/** What assembly/inflate/index.ts exports. */
interface Program {
	readonly memory: { readonly buffer: ArrayBuffer };
	inputStart(): number;
	inputCapacity(): number;
	outputStart(): number;
	outputEnd(): number;
	prepare(): void;
	begin(): void;
	beginInside(bits: number, bitCount: number, unknown: number): void;
	isAtBlock(bitCount: number): number;
	findBlock(): number;
	setInput(bytes: number): void;
	unread(): number;
	moveHistory(): void;
	run(): number;
	remainderStart(): number;
	reduce(start: number, bytes: number, crc: number): number;
}

/** The bits of a block that are in a byte with the end of the block before it: 0 to 7 of them. */
export interface BlockStart {
	readonly bits: number;
	readonly bitCount: number;
}

/** The numbers of assembly/inflate/verdict.ts. */
const NEEDS_INPUT = 0;
const OUTPUT_IS_FULL = 1;
const AT_END = 2;

/** From this size on it is worth to reduce data before its CRC-32 is worked out. */
const REDUCED_BYTES = 16 * 1024;

/** So many are kept for the next layers. Each takes 512 KiB, and a fresh one much address space until it is collected. */
const MOST_KEPT = 2;

const loader = new ProgramLoader<Program>(deflateProgram);
const kept: DeflateDecoder[] = [];

/** Decodes DEFLATE data (RFC 1951) in WebAssembly, which is up to half as fast again as zlib. */
export class DeflateDecoder {
	readonly #program: Program;
	readonly #memory: Uint8Array;
	readonly #inputStart: number;
	readonly #outputStart: number;
	#inputBytes = 0;
	/** Where output begins that was not given to a sink yet. */
	#next: number;

	constructor(program: Program) {
		this.#program = program;
		this.#memory = new Uint8Array(program.memory.buffer);
		this.#inputStart = program.inputStart();
		this.#outputStart = program.outputStart();
		this.#next = this.#outputStart;
		program.prepare();
		this.begin();
	}

	/** Begins new data. */
	begin(): void {
		this.#program.begin();
		this.#forgetInput();
	}

	/**
	 * Begins in the middle of data, with a block. Where the block does not begin with a whole byte, the bits of it that are in the byte
	 * before the one that is fed first are given, the next one lowest. The 32 KiB before it are taken to be full of the byte `unknown`.
	 */
	beginInside({ bits, bitCount }: BlockStart, unknown: number): void {
		this.#program.beginInside(bits, bitCount, unknown);
		this.#forgetInput();
	}

	/** Whether all that was fed is used up to a block that begins with the last so many bits of it, 0 to 7. */
	isAtBlock(bitCount: number): boolean {
		return this.#program.unread() === 0 && this.#program.isAtBlock(bitCount) !== 0;
	}

	/**
	 * The first bit of a chunk of up to 64 KiB at which a block may begin, -1 where there is none. Not every block is found, and not all
	 * that is found is one. What was begun before is given up.
	 */
	findBlock(chunk: Uint8Array): number {
		this.begin();
		this.feed(chunk, 0);
		const bit = this.#program.findBlock();
		this.begin();
		return bit;
	}

	#forgetInput(): void {
		this.#program.setInput(0);
		this.#inputBytes = 0;
		this.#next = this.#outputStart;
	}

	/** Takes in as much of the chunk as there is room for; gives how much that was. */
	feed(chunk: Uint8Array, offset: number): number {
		const start = this.#inputStart;
		const unread = this.#program.unread();
		this.#memory.copyWithin(start, start + this.#inputBytes - unread, start + this.#inputBytes);
		const taken = Math.min(chunk.length - offset, this.#program.inputCapacity() - unread);
		this.#memory.set(chunk.subarray(offset, offset + taken), start + unread);
		this.#inputBytes = unread + taken;
		this.#program.setInput(this.#inputBytes);
		return taken;
	}

	/** Decodes what was fed; true at the end of the data. Throws where it is damaged. */
	run(sink: (output: Uint8Array) => void): boolean {
		for (;;) {
			const verdict = this.#program.run();
			if (verdict === NEEDS_INPUT) return false;
			if (verdict !== OUTPUT_IS_FULL && verdict !== AT_END) throw damaged('invalid deflate data');
			this.deliver(sink);
			if (verdict === AT_END) return true;
			this.#program.moveHistory();
			this.#next = this.#outputStart;
		}
	}

	/** Gives what was decoded and not given yet. */
	deliver(sink: (output: Uint8Array) => void): void {
		const output = this.#memory.subarray(this.#next, this.#program.outputEnd());
		this.#next += output.length;
		if (output.length > 0) sink(output);
	}

	/** Goes on with a CRC-32 over output that was just given to a sink. */
	checksum(output: Uint8Array, before: number): number {
		if (output.length < REDUCED_BYTES) return crc32(output, before);
		const start = this.#program.remainderStart();
		const bytes = this.#program.reduce(output.byteOffset, output.length, ~before);
		// zlib takes and gives the complement of the state, which is to be 0 here.
		return crc32(this.#memory.subarray(start, start + bytes), 0xffffffff);
	}

	/** How many bytes of what was fed lie behind the end of the data. */
	get unread(): number {
		return this.#program.unread();
	}
}

/** A decoder for this thread alone, or null where no WebAssembly with 128-bit values is to be had. */
export function takeDecoder(): DeflateDecoder | null {
	const used = kept.pop();
	if (used) return used;
	const program = loader.instantiate();
	return program === null ? null : new DeflateDecoder(program);
}

/** For a decoder that is not used any more. */
export function giveBack(decoder: DeflateDecoder): void {
	decoder.begin();
	if (kept.length < MOST_KEPT) kept.push(decoder);
}
