import type { Warning, WarningCode } from '../../warning.ts';

const sentences: Readonly<Partial<Record<WarningCode, string>>> = {
	'parent-replaced':
		'An entry is below a path that a lower layer made a link or a file: the path becomes a directory, which usually breaks the image.',
	'link-before-target':
		'A hard link comes before its target in the tar: it shares the content that its target has at the end of the layer. Container engines refuse such a layer.',
	'link-to-nothing': 'A hard link leads to nothing; it is treated as an empty file.',
};

/** Counts warnings by code and layer, so that a hostile layer cannot flood the report. */
export class WarningTally {
	readonly #counts = new Map<
		string,
		{ code: WarningCode; layerIndex: number; count: number; example: string }
	>();

	add(code: WarningCode, layerIndex: number, example: string): void {
		const key = `${code} ${layerIndex}`;
		const known = this.#counts.get(key);
		if (known) known.count += 1;
		else this.#counts.set(key, { code, layerIndex, count: 1, example });
	}

	warnings(): readonly Warning[] {
		return [...this.#counts.values()].map((counted) => ({
			...counted,
			message: sentences[counted.code] ?? counted.code,
		}));
	}
}
