import { copyOf } from '../../columns/copy-of.ts';
import { rareDecoders } from './load-rare-decoders.ts';
import type { XzProgram } from './rare-decoders.ts';

const XZ_OK = 0;
const XZ_STREAM_END = 1;

/** Decodes an xz stream; what follows it is left out. Throws an error with the code of xz-embedded on damaged data and on data that ends too early. */
export async function* xzPieces(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
	const decoder = new XzDecoder(await rareDecoders().newXzProgram());
	for await (const chunk of source) {
		for (let offset = 0; offset < chunk.length; ) {
			offset += decoder.add(chunk, offset);
			do {
				yield decoder.next();
				if (decoder.hasEnded) return;
			} while (decoder.hasMore);
		}
	}
	while (!decoder.hasEnded) {
		// It looks for the end, or fails, only where it is given input, even if that is empty.
		decoder.add(new Uint8Array(0), 0);
		yield decoder.next();
	}
}

/** The positions of a context's fields, in words: the buffers have one size, and each has its address, what of it is used, and its size. */
const field = { bufferBytes: 0, input: 1, inputUsed: 2, inputBytes: 3, output: 4, outputUsed: 5 } as const;

/** A context of xz-embedded in a memory of its own, which goes when nobody refers to it any more. */
class XzDecoder {
	hasEnded = false;
	readonly #program: XzProgram;
	readonly #context: number;

	constructor(program: XzProgram) {
		this.#program = program;
		this.#context = program.create_context();
	}

	/** Adds as much of the chunk as there is room for, once the input before is used; returns the number of bytes. */
	add(chunk: Uint8Array, offset: number): number {
		const { bufferBytes, input } = field;
		const bytes = Math.min(this.#fields[bufferBytes], chunk.length - offset);
		const target = new Uint8Array(this.#program.memory.buffer, this.#fields[input], bytes);
		target.set(chunk.subarray(offset, offset + bytes));
		this.#program.supply_input(this.#context, bytes);
		return bytes;
	}

	/** Whether there is more to get before the next input. */
	get hasMore(): boolean {
		const { inputUsed, inputBytes } = field;
		return this.#fields[inputUsed] < this.#fields[inputBytes];
	}

	next(): Uint8Array {
		const code = this.#program.get_next_output(this.#context);
		if (code !== XZ_OK && code !== XZ_STREAM_END) throw new Error(`xz-embedded: error code ${code}`);
		this.hasEnded = code === XZ_STREAM_END;
		const fields = this.#fields;
		const output = new Uint8Array(
			this.#program.memory.buffer,
			fields[field.output],
			fields[field.outputUsed],
		);
		fields[field.outputUsed] = 0;
		return copyOf(output);
	}

	/** The memory grows, and its buffer is another one then. */
	get #fields(): Uint32Array {
		return new Uint32Array(this.#program.memory.buffer, this.#context, Object.keys(field).length);
	}
}
