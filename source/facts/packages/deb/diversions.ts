import { FactError, type FactReader } from '../../fact-reader.ts';
import { readLines } from '../../line-file.ts';
import type { Diversion, PackageFact } from '../package-facts.ts';

const MOST_BYTES = 4 * 1024 * 1024;
const MOST_DIVERSIONS = 20_000;
const MOST_CHARACTERS = 4096;

/** dpkg-divert(1): three lines a diversion, which are where a file would lie, where it lies in place of that, and the package whose own stays. */
export const dpkgDiversionsReader: FactReader<PackageFact> = {
	name: 'dpkg-diversions',
	fileNames: ['diversions'],
	open(file) {
		if (file.path !== 'var/lib/dpkg/diversions') return null;
		const lines = new DiversionLines();
		return readLines<PackageFact>(file, {
			mostBytes: MOST_BYTES,
			line: (bytes, start, end) => lines.line(bytes.toString('latin1', start, end)),
			end: () => {
				lines.end();
				return { kind: 'diversions', diversions: lines.diversions };
			},
			passOver: () => lines.drop(),
		});
	},
};

/** Takes the lines. Behind one that is damaged it goes on with the next three that make a diversion. */
class DiversionLines {
	readonly diversions: Diversion[] = [];
	#paths: string[] = [];
	/** Whether what is wrong has been said, and no diversion came since. */
	#isLost = false;

	/** Throws `FactError`, once for all lines up to the next diversion. */
	line(line: string): void {
		const isPath = line.startsWith('/');
		if (line.length > MOST_CHARACTERS) this.#lose(`more than ${MOST_CHARACTERS} characters`);
		else if (isPath && this.#paths.length < 2) this.#paths.push(line.slice(1));
		else if (isPath) this.#loseBefore(line);
		else if (this.#paths.length < 2 || line === '') this.#lose('it is no path from the root');
		else this.#add(line);
	}

	/** Throws `FactError` where the last diversion is not whole. */
	end(): void {
		if (this.#paths.length > 0) this.#lose('the file ends inside a diversion of three lines');
	}

	/** Leaves out the diversion that is being read. */
	drop(): void {
		this.#paths = [];
		this.#isLost = true;
	}

	#add(by: string): void {
		if (this.diversions.length === MOST_DIVERSIONS)
			throw new FactError(`more than ${MOST_DIVERSIONS} diversions`);
		const [from, to] = this.#paths;
		this.diversions.push({ from, to, by: by === ':' ? null : by });
		this.#paths = [];
		this.#isLost = false;
	}

	/** A path where the package should be begins the next diversion. */
	#loseBefore(line: string): void {
		try {
			this.#lose('it is a path in place of a package');
		} finally {
			this.#paths = [line.slice(1)];
		}
	}

	#lose(reason: string): void {
		const wasLost = this.#isLost;
		this.drop();
		if (!wasLost) throw new FactError(reason);
	}
}
