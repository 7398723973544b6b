import { expectedOf, fits, recordedOf } from './fits-recorded.ts';
import type { DockerfileInstruction } from './parse-dockerfile.ts';

/** No image has as many steps, and no Dockerfile as many instructions: what is beyond is not matched. */
const MOST_MATCHED = 250;

/** What makes a layer, as some builder does it. */
const LAYER_MAKERS = /^\s*(?:RUN|COPY|ADD|WORKDIR)\s/i;

/**
 * The instruction of a Dockerfile for each of the recorded ones, in order; null where none fits or where several may. The Dockerfile's are
 * the last ones of the image, if all of them fit there; else as many as possible in order, of which those are taken that have to be where they are.
 */
export function matchInstructions(
	instructions: readonly DockerfileInstruction[],
	recorded: readonly (string | null)[],
): readonly (DockerfileInstruction | null)[] {
	const matched: (DockerfileInstruction | null)[] = recorded.map(() => null);
	const places = [...recorded.keys()].filter((index) => LAYER_MAKERS.test(recorded[index] ?? ''));
	const own = instructions.filter(({ keyword }) => LAYER_MAKERS.test(`${keyword} `)).slice(-MOST_MATCHED);
	const last = places.slice(-MOST_MATCHED);
	const expected = own.map(expectedOf);
	const found = last.map((index) => recordedOf(recorded[index] ?? ''));
	const isFit = (row: number, column: number) => fits(expected[row], found[column]);
	const shift = last.length - own.length;
	if (own.length === 0) return matched;
	if (shift >= 0 && own.every((_, row) => isFit(row, row + shift))) {
		for (const [row, instruction] of own.entries()) matched[last[row + shift]] = instruction;
		return matched;
	}
	for (const [row, column] of onlyPairs({ rows: own.length, columns: last.length, isFit }))
		matched[last[column]] = own[row];
	return matched;
}

interface Grid {
	readonly rows: number;
	readonly columns: number;
	readonly isFit: (row: number, column: number) => boolean;
}

/** The pairs that are in every longest common sequence. */
function onlyPairs({ rows, columns, isFit }: Grid): readonly (readonly [row: number, column: number])[] {
	const width = columns + 1;
	const fit = Uint8Array.from({ length: rows * columns }, (_, index) =>
		Number(isFit(Math.floor(index / columns), index % columns)),
	);
	const before = new Uint16Array((rows + 1) * width);
	const behind = new Uint16Array((rows + 1) * width);
	for (let row = 0; row < rows; row++)
		for (let column = 0; column < columns; column++) {
			const at = (row + 1) * width + column + 1;
			const both = before[at - width - 1] + fit[row * columns + column];
			before[at] = Math.max(before[at - 1], before[at - width], both);
		}
	for (let row = rows - 1; row >= 0; row--)
		for (let column = columns - 1; column >= 0; column--) {
			const at = row * width + column;
			const both = behind[at + width + 1] + fit[row * columns + column];
			behind[at] = Math.max(behind[at + 1], behind[at + width], both);
		}
	// Each longest sequence has one pair of each rank: a pair that is alone in its rank is in all of them.
	const ranks: (readonly [row: number, column: number])[][] = Array.from({ length: behind[0] }, () => []);
	for (let row = 0; row < rows; row++)
		for (let column = 0; column < columns; column++) {
			const rank = before[row * width + column];
			const length = rank + 1 + behind[(row + 1) * width + column + 1];
			if (fit[row * columns + column] === 1 && length === behind[0]) ranks[rank].push([row, column]);
		}
	return ranks.flatMap((pairs) => (pairs.length === 1 ? pairs : []));
}
