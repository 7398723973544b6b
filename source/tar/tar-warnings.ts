import { decodeName } from '../text/decode-name.ts';
import type { TarWarning } from './changeset.ts';
import type { TarEntry } from './headers/tar-entry.ts';

/** Counts warnings by their code, so that a hostile layer has one of each kind, and keeps the first example. */
export class TarWarnings {
	readonly #warnings = new Map<TarWarning['code'], { count: number; readonly example: string | null }>();

	note(code: TarWarning['code'], example: string | null): void {
		const known = this.#warnings.get(code);
		if (known) known.count += 1;
		else this.#warnings.set(code, { count: 1, example });
	}

	list(): readonly TarWarning[] {
		return [...this.#warnings].map(([code, { count, example }]) => ({ code, count, example }));
	}
}

/** The name of an entry, or its start. */
export function exampleOf({ name: { bytes, start, end } }: TarEntry): string {
	return decodeName(bytes.subarray(start, Math.min(end, start + 200)));
}
