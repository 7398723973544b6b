import { finish, type Steps } from '../steps.ts';
import { Damage } from './damage.ts';
import { FactError, type FactSink, type LayerFile } from './fact-reader.ts';

const FIRST_BYTES = 64 * 1024;
const BELIEVED_BYTES = 8 * 1024 * 1024;

export type WholeFile<Fact> = FileBounds & (Parsing<Fact> | ParsingInSteps<Fact>);

interface FileBounds {
	/** A larger file is a `FactError`. */
	readonly mostBytes: number;
	/** Whether the first bytes, of which at least `magicBytes` are there if the file has them, are what is looked for; true by default. */
	readonly hasMagic?: (start: Uint8Array) => boolean;
	/** How many bytes `hasMagic` has to see. */
	readonly magicBytes?: number;
}

interface Parsing<Fact> {
	/** Gets all bytes of the file, which are valid during the call only, and what takes what of them is damaged. */
	readonly parse: (content: Uint8Array, damage: Damage) => Fact | null;
}

interface ParsingInSteps<Fact> {
	/** The same for what takes more than some milliseconds. The bytes are the reader's to keep. */
	readonly parseInSteps: (content: Uint8Array, damage: Damage) => Steps<Fact | null>;
}

/** Gathers a file, and parses it at the end. A file that does not begin as it should is let go after its first piece. */
export function gatherFile<Fact>(file: LayerFile, how: WholeFile<Fact>): FactSink<Fact> {
	return new Gathering(file, how);
}

class Gathering<Fact> implements FactSink<Fact> {
	isDone = false;
	readonly #file: LayerFile;
	readonly #how: WholeFile<Fact>;
	/** Grows with what comes: the size of the entry is not believed. */
	#content = new Uint8Array();
	#filled = 0;
	/** Of a file that came in one piece. */
	#parsed: { readonly fact: Fact | null } | null = null;
	readonly #damage = new Damage();
	#isWanted: boolean | null;

	constructor(file: LayerFile, how: WholeFile<Fact>) {
		this.#file = file;
		this.#how = how;
		this.#isWanted = how.hasMagic ? null : true;
		this.#refuseLarge();
	}

	write(piece: Uint8Array): void {
		if (this.isDone) return;
		const { bytes } = this.#file;
		const isWhole = this.#filled === 0 && piece.length >= bytes && bytes <= this.#how.mostBytes;
		if (isWhole && 'parse' in this.#how) this.#parsed = { fact: this.#parseWhole(piece, this.#how) };
		else this.#gather(piece);
	}

	/** Most files come in one piece, which needs not be kept. */
	#parseWhole(content: Uint8Array, { hasMagic, parse }: FileBounds & Parsing<Fact>): Fact | null {
		this.isDone = true;
		return hasMagic?.(content) === false ? null : parse(content, this.#damage);
	}

	#gather(piece: Uint8Array): void {
		const room = Math.min(piece.length, this.#how.mostBytes - this.#filled);
		this.#reserve(this.#filled + room);
		this.#content.set(piece.subarray(0, room), this.#filled);
		this.#filled += room;
		if (this.#isWanted === null) this.#lookAtStart();
	}

	end(): Fact | null {
		return finish(this.endInSteps());
	}

	get problem(): string | null {
		return this.#damage.problem;
	}

	*endInSteps(): Steps<Fact | null> {
		if (this.#parsed !== null) return this.#parsed.fact;
		if (this.#isWanted === null) this.#decide();
		if (this.#isWanted === false) return null;
		if (this.#file.bytes > this.#how.mostBytes)
			throw new FactError(`it has ${this.#file.bytes} bytes, and at most ${this.#how.mostBytes} are read`);
		const content = this.#content.subarray(0, this.#filled);
		if ('parse' in this.#how) return this.#how.parse(content, this.#damage);
		yield;
		return yield* this.#how.parseInSteps(content, this.#damage);
	}

	#lookAtStart(): void {
		const { magicBytes = 1 } = this.#how;
		if (this.#filled >= magicBytes) this.#decide();
	}

	#decide(): void {
		this.#isWanted = this.#how.hasMagic?.(this.#content.subarray(0, this.#filled)) ?? true;
		if (!this.#isWanted) this.isDone = true;
		this.#refuseLarge();
	}

	/** A file that is too large is known to be refused once it is known to be wanted. */
	#refuseLarge(): void {
		if (this.#isWanted === true && this.#file.bytes > this.#how.mostBytes) this.isDone = true;
	}

	#reserve(bytes: number): void {
		if (bytes <= this.#content.length) return;
		const larger = new Uint8Array(this.#roomFor(bytes));
		larger.set(this.#content.subarray(0, this.#filled));
		this.#content = larger;
	}

	/** Once much of the file is there its size is believed: to copy it each time would take ever longer. */
	#roomFor(bytes: number): number {
		const first = Math.min(this.#file.bytes, FIRST_BYTES);
		const next = bytes < BELIEVED_BYTES ? Math.max(first, this.#content.length * 2) : this.#file.bytes;
		return Math.min(Math.max(bytes, next), this.#how.mostBytes);
	}
}
