import { parseElfHeader } from '../elf/elf-header.ts';
import { mayBeRun } from '../elf/elf-parts.ts';
import { FactError, type FactReader, type FactSink, type LayerFile } from '../fact-reader.ts';
import { ElfReading } from './elf-reading.ts';
import type { ExecutableFact } from './executable-facts.ts';
import { isScript, parseScriptLine } from './script-line.ts';

/** A file with fewer bytes says nothing. */
const SMALLEST = 4;
/** So much is seen at once of every file, however it comes. */
const START_BYTES = 8 * 1024;

/** How files that can be run are run, and what of them no running program needs. */
export const executableReader: FactReader<ExecutableFact> = {
	name: 'executable',
	open: (file) => (file.bytes >= SMALLEST && mayBeRun(file) ? new Reading(file) : null),
};

class Reading implements FactSink<ExecutableFact> {
	isDone = false;
	readonly #fileBytes: number;
	/** The first bytes, as long as it is not known what they begin. */
	#start: Uint8Array = new Uint8Array();
	#elf: ElfReading | null = null;
	#script: ExecutableFact | null = null;
	#position = 0;

	constructor(file: LayerFile) {
		this.#fileBytes = file.bytes;
	}

	get wantsFrom(): number {
		const wanted = this.#elf?.wantsFrom(this.#position) ?? 0;
		return Math.min(Math.max(wanted, this.#position), this.#fileBytes);
	}

	write(piece: Uint8Array): void {
		if (this.isDone) return;
		if (this.#elf) this.#elf.write(piece, this.#position);
		else this.#lookAtStart(piece);
		this.#pass(piece.length);
	}

	skip(bytes: number): void {
		this.#pass(bytes);
	}

	end(): ExecutableFact | null {
		if (this.#start.length > 0 && this.#start.length < START_BYTES) this.#decide(this.#start);
		if (this.#start.length > 0) throw new FactError('it ends within its program headers');
		return this.#elf?.end() ?? this.#script;
	}

	/** Most files come with enough in one piece, which needs not be kept. */
	#lookAtStart(piece: Uint8Array): void {
		const start = this.#start.length === 0 ? piece : Buffer.concat([this.#start, piece]);
		if (start.length < Math.min(this.#fileBytes, START_BYTES)) this.#start = new Uint8Array(start);
		else this.#decide(start);
	}

	#decide(start: Uint8Array): void {
		const header = isScript(start) ? null : parseElfHeader(start);
		this.#start = header === 'more' ? new Uint8Array(start) : new Uint8Array();
		if (header === 'more') return;
		if (header === null) {
			this.#script = isScript(start) ? parseScriptLine(start) : null;
			this.isDone = true;
			return;
		}
		this.#elf = new ElfReading(header, start.subarray(0, START_BYTES), this.#fileBytes);
		this.#elf.write(start, 0);
	}

	#pass(bytes: number): void {
		this.#position += bytes;
		if (this.#elf?.wantsFrom(this.#position) === Number.POSITIVE_INFINITY) this.isDone = true;
	}
}
