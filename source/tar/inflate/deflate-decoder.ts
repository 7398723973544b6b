import { crc32 } from 'node:zlib';
import { finish, type Steps } from '../../steps.ts';
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

/** The bits of a block in the byte where the block before it ends: 0 to 7 of them. */
export interface BlockStart {
	readonly bits: number;
	readonly bitCount: number;
}

/** The numbers of assembly/inflate/verdict.ts. */
const NEEDS_INPUT = 0;
const OUTPUT_IS_FULL = 1;
const AT_END = 2;

/** From this size on it pays to reduce data before computing its CRC-32. */
const REDUCED_BYTES = 16 * 1024;

/** Decoders to hold for the next layers. Each takes 512 KiB, and a new one reserves much address space until it is collected. */
const MOST_IDLE = 2;

const loader = new ProgramLoader<Program>(deflateProgram);
const idle: DeflateDecoder[] = [];

/** Decodes DEFLATE data (RFC 1951) in WebAssembly, up to 1.5 times as fast as zlib. */
export class DeflateDecoder {
	readonly #program: Program;
	readonly #memory: Uint8Array;
	readonly #inputStart: number;
	readonly #outputStart: number;
	#inputBytes = 0;
	/** The start of the output that no sink has received yet. */
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

	/** Starts new data. */
	begin(): void {
		this.#program.begin();
		this.#clearInput();
	}

	/**
	 * Starts in the middle of data, at a block. When the block does not start at a byte boundary, `bits` are its first bits, from the byte
	 * before the first one added, the next bit lowest. The 32 KiB before the block are assumed to be filled with the byte `unknown`.
	 */
	beginInside({ bits, bitCount }: BlockStart, unknown: number): void {
		this.#program.beginInside(bits, bitCount, unknown);
		this.#clearInput();
	}

	/** Whether all input is used up to a block that starts with the last `bitCount` bits of it, 0 to 7. */
	isAtBlock(bitCount: number): boolean {
		return this.#program.unread() === 0 && this.#program.isAtBlock(bitCount) !== 0;
	}

	/**
	 * The first bit of a chunk of up to 64 KiB at which a block may start, -1 without any. Not every block is found, and not every find is
	 * one. Discards the data that was started before.
	 */
	findBlock(chunk: Uint8Array): number {
		this.begin();
		this.addInput(chunk, 0);
		const bit = this.#program.findBlock();
		this.begin();
		return bit;
	}

	#clearInput(): void {
		this.#program.setInput(0);
		this.#inputBytes = 0;
		this.#next = this.#outputStart;
	}

	/** Adds as much of the chunk as there is room for; returns the number of bytes. */
	addInput(chunk: Uint8Array, offset: number): number {
		const start = this.#inputStart;
		const unread = this.#program.unread();
		this.#memory.copyWithin(start, start + this.#inputBytes - unread, start + this.#inputBytes);
		const taken = Math.min(chunk.length - offset, this.#program.inputCapacity() - unread);
		this.#memory.set(chunk.subarray(offset, offset + taken), start + unread);
		this.#inputBytes = unread + taken;
		this.#program.setInput(this.#inputBytes);
		return taken;
	}

	/** Decodes the input; true at the end of the data. Throws on damaged data. */
	run(sink: (output: Uint8Array) => void): boolean {
		return finish(this.runInSteps(sink));
	}

	/** The same, one buffer of output a step. */
	*runInSteps(sink: (output: Uint8Array) => void): Steps<boolean> {
		for (;;) {
			const verdict = this.#program.run();
			if (verdict === NEEDS_INPUT) return false;
			if (verdict !== OUTPUT_IS_FULL && verdict !== AT_END) throw damaged('invalid deflate data');
			this.deliver(sink);
			if (verdict === AT_END) return true;
			this.#program.moveHistory();
			this.#next = this.#outputStart;
			yield;
		}
	}

	/** Passes output to the sink that no sink has received yet. */
	deliver(sink: (output: Uint8Array) => void): void {
		const output = this.#memory.subarray(this.#next, this.#program.outputEnd());
		this.#next += output.length;
		if (output.length > 0) sink(output);
	}

	/** Continues a CRC-32 over output that was just passed to a sink. */
	checksum(output: Uint8Array, before: number): number {
		if (output.length < REDUCED_BYTES) return crc32(output, before);
		const start = this.#program.remainderStart();
		const bytes = this.#program.reduce(output.byteOffset, output.length, ~before);
		// zlib takes and gives the complement of the state, which is to be 0 here.
		return crc32(this.#memory.subarray(start, start + bytes), 0xffffffff);
	}

	/** Bytes of input behind the end of the data. */
	get unread(): number {
		return this.#program.unread();
	}
}

/** A decoder for one stream at a time, or null where WebAssembly with SIMD is not available. */
export function takeDecoder(): DeflateDecoder | null {
	const used = idle.pop();
	if (used) return used;
	const program = loader.instantiate();
	return program === null ? null : new DeflateDecoder(program);
}

/** Returns a decoder that is no longer needed. */
export function giveBack(decoder: DeflateDecoder): void {
	decoder.begin();
	if (idle.length < MOST_IDLE) idle.push(decoder);
}
