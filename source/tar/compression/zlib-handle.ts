import { constants, createGunzip, createZstdDecompress } from 'node:zlib';
import { finish, type Steps } from '../../steps.ts';
import type { SyncInflater } from './sync-inflater.ts';

const OUTPUT_BYTES = 256 * 1024;

/**
 * The native object inside Node's zlib streams. Its interface is not documented, so its shape is checked before use, and the streams
 * themselves are used where it differs. Called directly, it inflates synchronously into one reused buffer, which is twice as fast as a
 * stream that allocates every chunk.
 */
interface NativeHandle {
	writeSync(
		flush: number,
		input: Uint8Array,
		inputOffset: number,
		inputLength: number,
		output: Uint8Array,
		outputOffset: number,
		outputLength: number,
	): void;
	close(): void;
	onerror: (message: string, errorNumber: number, code: string) => void;
}

interface StreamInternals {
	readonly _handle?: Partial<NativeHandle> | null;
	readonly _writeState?: Uint32Array;
}

const formats = {
	gzip: { open: createGunzip, flush: constants.Z_NO_FLUSH, finish: constants.Z_FINISH },
	zstd: { open: createZstdDecompress, flush: constants.ZSTD_e_continue, finish: constants.ZSTD_e_end },
} as const;

/** The inflater of Node itself, or null where this Node does not offer one for the format. */
export function createHandleInflater(format: keyof typeof formats): SyncInflater | null {
	const { open, flush, finish } = formats[format];
	const stream = open();
	const { _handle: handle, _writeState: state } = stream as unknown as StreamInternals;
	if (!isUsable(handle) || !(state instanceof Uint32Array) || state.length < 2) {
		stream.destroy();
		return null;
	}
	return new HandleInflater({ handle, state, flush, finish, destroy: () => stream.destroy() });
}

function isUsable(handle: Partial<NativeHandle> | null | undefined): handle is NativeHandle {
	return typeof handle?.writeSync === 'function' && typeof handle.close === 'function';
}

interface HandleParts {
	readonly handle: NativeHandle;
	/** After a write: output bytes left, input bytes left. */
	readonly state: Uint32Array;
	readonly flush: number;
	readonly finish: number;
	readonly destroy: () => void;
}

class HandleInflater implements SyncInflater {
	readonly #parts: HandleParts;
	readonly #output = new Uint8Array(OUTPUT_BYTES);
	#failure: Error | null = null;

	constructor(parts: HandleParts) {
		this.#parts = parts;
		parts.handle.onerror = (message, _number, code) => {
			this.#failure = Object.assign(new Error(message), { code });
		};
	}

	write(chunk: Uint8Array, sink: (output: Uint8Array) => void): void {
		finish(this.writeInSteps(chunk, sink));
	}

	writeInSteps(chunk: Uint8Array, sink: (output: Uint8Array) => void): Steps<void> {
		return this.#run(this.#parts.flush, chunk, sink);
	}

	finish(sink: (output: Uint8Array) => void): void {
		finish(this.#run(this.#parts.finish, new Uint8Array(0), sink));
	}

	close(): void {
		this.#parts.destroy();
	}

	*#run(flush: number, chunk: Uint8Array, sink: (output: Uint8Array) => void): Steps<void> {
		const { handle, state } = this.#parts;
		let offset = 0;
		let outputLeft = 0;
		do {
			handle.writeSync(flush, chunk, offset, chunk.length - offset, this.#output, 0, OUTPUT_BYTES);
			if (this.#failure) throw this.#failure;
			outputLeft = state[0];
			const inputLeft = state[1];
			if (outputLeft < OUTPUT_BYTES) sink(this.#output.subarray(0, OUTPUT_BYTES - outputLeft));
			const consumed = chunk.length - offset - inputLeft;
			offset = chunk.length - inputLeft;
			// Input that is left while there was room for output is what follows the end of the data.
			if (consumed === 0 && outputLeft > 0) return;
			yield;
		} while (outputLeft === 0 || offset < chunk.length);
	}
}
