/** The part of WebAssembly used here, which the types of Node lack. Without a JIT Node has no such object. */
const { WebAssembly } = globalThis as unknown as {
	readonly WebAssembly: {
		readonly Module: new (program: Uint8Array) => object;
		readonly Instance: new (module: object) => { readonly exports: unknown };
	};
};

/** Compiles a program once and makes instances of it, each with its own memory. */
export class ProgramLoader<Exports> {
	readonly #program: string;
	#compiled: object | null = null;

	/** `program` is in base64; `Exports` is what it exports. */
	constructor(program: string) {
		this.#program = program;
	}

	/** Null where WebAssembly with SIMD is not available. */
	instantiate(): Exports | null {
		try {
			this.#compiled ??= new WebAssembly.Module(Buffer.from(this.#program, 'base64'));
			return new WebAssembly.Instance(this.#compiled).exports as Exports;
		} catch {
			return null;
		}
	}
}
