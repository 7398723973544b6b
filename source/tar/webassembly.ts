/** As much as is used here of what the types of Node do not tell. Without a compiler for it Node has no such object. */
const { WebAssembly } = globalThis as unknown as {
	readonly WebAssembly: {
		readonly Module: new (program: Uint8Array) => object;
		readonly Instance: new (module: object) => { readonly exports: unknown };
	};
};

/** Compiles a program once and makes instances of it, each with a memory of its own. */
export class ProgramLoader<Exports> {
	readonly #program: string;
	#compiled: object | null = null;

	/** `program` is in base64; `Exports` is what it exports. */
	constructor(program: string) {
		this.#program = program;
	}

	/** Null where WebAssembly with 128-bit values is not to be had. */
	instantiate(): Exports | null {
		try {
			this.#compiled ??= new WebAssembly.Module(Buffer.from(this.#program, 'base64'));
			return new WebAssembly.Instance(this.#compiled).exports as Exports;
		} catch {
			return null;
		}
	}
}
