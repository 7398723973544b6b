/** What one file says of how it is run. */
export type ExecutableFact = ElfFact | ScriptFact;

/** A program, a shared library or another file in the Executable and Linkable Format. */
export interface ElfFact {
	readonly kind: 'elf';
	readonly bits: 32 | 64;
	/** What it runs on, as its header says: 62 is x86-64 (System V ABI, "e_machine"). */
	readonly machine: number;
	/** A position-independent program is a `shared` object, as a library is. */
	readonly type: 'executable' | 'shared' | 'relocatable' | 'core' | 'other';
	/** The loader that the kernel starts for it; null without one. */
	readonly interpreter: string | null;
	/** The libraries that the loader looks for (`DT_NEEDED`); null where they are not known. */
	readonly needed: readonly string[] | null;
	/** Whether it needs no loader and no library: a program that runs by itself, or a library without needs. */
	readonly isStatic: boolean;
	/** The bytes of its debug sections in the file; 0 for what is not linked. */
	readonly debugBytes: number;
	/** The bytes of the symbol table that no running program needs, with its names; 0 for what is not linked. */
	readonly symbolBytes: number;
	/** The bytes behind all that its headers know of, such as the archive of a program that unpacks itself: `strip` would drop them. */
	readonly appendedBytes: number;
	/** Whether a note says that Go built it. */
	readonly isGo: boolean;
}

/** A file that begins with `#!`. */
export interface ScriptFact {
	readonly kind: 'script';
	/** The path of what runs it. A carriage return at its end belongs to it, as the kernel sees it. */
	readonly interpreter: string;
	/** What else the line has, as one argument; null for nothing. */
	readonly argument: string | null;
}
