import type { RowReading } from './json-rows.ts';
import type { SavedPaths, SavedWaste } from './saved-report.ts';
import { byteCount, listOf, recordOf } from './tolerant-values.ts';

/** A report of more rows than this is taken without its paths. */
const MOST_ROWS = 2_000_000;

/** Takes the rows of a report: what its layers change, lowest first, and what is wasted. */
export class PathRows implements RowReading {
	readonly #visible = new Map<string, number>();
	readonly #wasted: SavedWaste[] = [];
	#rows = 0;
	#isComplete = true;

	isList(place: readonly (string | null)[]): boolean {
		const path = place.join('.');
		return path === '.wastedPaths' || path === '.layers..changes';
	}

	onRow(place: readonly (string | null)[], value: unknown): void {
		this.#rows += 1;
		const row = recordOf(value);
		const { path } = row;
		if (typeof path !== 'string' || this.#rows > MOST_ROWS) this.#isComplete = false;
		else if (place.at(-1) === 'changes') this.#change(path, row);
		else this.#waste(path, row);
	}

	/** null where a row is missing. */
	finish(): SavedPaths | null {
		return this.#isComplete ? { visible: this.#visible, wasted: this.#wasted } : null;
	}

	/** All paths below one that a layer removes have rows of their own. */
	#change(path: string, { kind, sizeBytes }: Readonly<Record<string, unknown>>): void {
		const bytes = byteCount(sizeBytes);
		if (kind === 'removed') this.#visible.delete(path);
		else if (bytes === null) this.#isComplete = false;
		else this.#visible.set(path, bytes);
	}

	#waste(path: string, { wastedBytes, culprits }: Readonly<Record<string, unknown>>): void {
		const bytes = byteCount(wastedBytes);
		if (bytes === null) this.#isComplete = false;
		else this.#wasted.push({ path, wastedBytes: bytes, culprits: listOf(culprits).filter(isNumber) });
	}
}

function isNumber(value: unknown): value is number {
	return typeof value === 'number';
}
