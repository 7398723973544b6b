import { Damage } from './damage.ts';
import { FactError, type FactSink, type LayerFile } from './fact-reader.ts';

/** Much more than any line of a package database has. */
const MOST_LINE_BYTES = 1024 * 1024;
const MOST_DAMAGES = 100;

export interface LineFile<Fact> {
	/** A larger file is a `FactError`. */
	readonly mostBytes: number;
	/** Takes one line, `[start, end)` of bytes that are valid during the call only, without its line end (LF or CRLF). */
	readonly line: (bytes: Buffer, start: number, end: number) => void;
	/** Whether the lines that follow are of no use; false by default. */
	readonly isDone?: () => boolean;
	/** Asked after the last line; told whether a line is left out. */
	readonly end: (isDamaged: boolean) => Fact | null;
	/**
	 * For a file whose other lines stand where one is damaged, which `line` and `end` throw at; `end` is then asked again. Is called where a line is
	 * too long to be given. Without it, a damaged line is an error of the file.
	 */
	readonly passOver?: () => void;
	/** Whether a last line without a line end was cut off, and is left out as damaged; by default it is whole. */
	readonly isCutWithoutLineEnd?: true;
}

/** Reads a text line by line as it passes, so that a file of many megabytes is never there as a whole. */
export function readLines<Fact>(file: LayerFile, how: LineFile<Fact>): FactSink<Fact> {
	return new Lines(file, how);
}

const LF = 0x0a;
const CR = 0x0d;

class Lines<Fact> implements FactSink<Fact> {
	isDone = false;
	readonly #how: LineFile<Fact>;
	readonly #begun: Buffer[] = [];
	#begunBytes = 0;
	#bytes = 0;
	/** Of the line that is being read. */
	#number = 1;
	#error: FactError | null = null;
	readonly #damage = new Damage();
	/** Whether the line that is being read is too long, and passed over. */
	#isPassing = false;

	constructor(file: LayerFile, how: LineFile<Fact>) {
		this.#how = how;
		if (file.bytes > how.mostBytes)
			this.#fail(new FactError(`it has ${file.bytes} bytes, and at most ${how.mostBytes} are read`));
	}

	write(piece: Uint8Array): void {
		if (this.isDone) return;
		try {
			this.#take(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength));
		} catch (thrown) {
			if (!(thrown instanceof FactError)) throw thrown;
			this.#fail(new FactError(`line ${this.#number}: ${thrown.message}`));
		}
	}

	end(): Fact | null {
		if (this.#begunBytes > 0) this.#endLastLine();
		if (this.#error) throw this.#error;
		try {
			return this.#how.end(this.#damage.count > 0);
		} catch (error) {
			this.#note(error);
			return this.#how.end(true);
		}
	}

	#endLastLine(): void {
		if (this.#how.isCutWithoutLineEnd !== true) this.write(Uint8Array.of(LF));
		else if (!this.isDone) this.#note(new FactError('the file ends inside it'));
	}

	get problem(): string | null {
		return this.#damage.problem;
	}

	#take(piece: Buffer): void {
		this.#bytes += piece.length;
		if (this.#bytes > this.#how.mostBytes)
			throw new FactError(`more than the ${this.#how.mostBytes} bytes that are read`);
		let start = 0;
		for (let end = piece.indexOf(LF); end >= 0; end = piece.indexOf(LF, start)) {
			this.#line(piece, start, end);
			start = end + 1;
			if (this.isDone) return;
		}
		if (start < piece.length) this.#begin(piece.subarray(start));
	}

	#line(piece: Buffer, start: number, end: number): void {
		if (this.#begunBytes === 0) this.#give(piece, start, end);
		else this.#giveWhole(piece.subarray(start, end));
		this.#number += 1;
	}

	#giveWhole(last: Buffer): void {
		this.#begin(last);
		const whole = Buffer.concat(this.#begun);
		this.#begun.length = 0;
		this.#begunBytes = 0;
		this.#give(whole, 0, whole.length);
	}

	#give(bytes: Buffer, start: number, end: number): void {
		if (!this.#isPassing && end - start > MOST_LINE_BYTES) this.#passOverLong();
		if (!this.#isPassing) this.#giveShort(bytes, start, end);
		this.#isPassing = false;
		if (this.#how.isDone?.() === true) this.isDone = true;
	}

	#giveShort(bytes: Buffer, start: number, end: number): void {
		const last = end > start && bytes[end - 1] === CR ? end - 1 : end;
		try {
			this.#how.line(bytes, start, last);
		} catch (error) {
			this.#note(error);
		}
	}

	/** Keeps a copy of a line's beginning: the piece is valid during the call only. */
	#begin(part: Buffer): void {
		if (!this.#isPassing && this.#begunBytes + part.length > MOST_LINE_BYTES) this.#passOverLong();
		if (this.#isPassing) return;
		this.#begun.push(Buffer.from(part));
		this.#begunBytes += part.length;
	}

	#passOverLong(): void {
		this.#note(new FactError(`more than ${MOST_LINE_BYTES} bytes`));
		this.#begun.length = 0;
		this.#begunBytes = 0;
		this.#isPassing = true;
		this.#how.passOver?.();
	}

	/** Throws what makes the file as a whole of no use. What is damaged all over is not read on. */
	#note(error: unknown): void {
		if (this.#how.passOver === undefined || !(error instanceof FactError)) throw error;
		this.#damage.add(`line ${this.#number}: ${error.message}`);
		if (this.#damage.count === MOST_DAMAGES) this.isDone = true;
	}

	#fail(error: FactError): void {
		this.#error = error;
		this.isDone = true;
	}
}
