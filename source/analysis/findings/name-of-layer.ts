import type { FindingInput } from './finding.ts';

/** A layer, 0-based, as titles name it: `layer 5`, or `layer 5 (Dockerfile:14)`. May hold hostile text. */
export function nameOfLayer({ instructions }: Pick<FindingInput, 'instructions'>, layer: number): string {
	const line = instructions?.[layer] ?? null;
	return line === null ? `layer ${layer + 1}` : `layer ${layer + 1} (${line.file}:${line.line})`;
}
