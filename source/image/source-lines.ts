import { matchInstructions } from '../text/dockerfile/match-instructions.ts';
import { parseDockerfile } from '../text/dockerfile/parse-dockerfile.ts';
import type { SourceLine } from '../text/dockerfile/source-line.ts';
import { instructionsOfStage, isFromScratch } from '../text/dockerfile/stages.ts';
import type { HistoryStep } from './image.ts';

export interface Dockerfile {
	/** Its name, without folders. */
	readonly name: string;
	readonly source: string;
	/** The stage that the image was made of, by name or number; null for the last. */
	readonly target: string | null;
}

/** The lines that made the layers of an image, and what cannot be said of them. */
export interface SourceLines {
	/** One for each layer, lowest first; null where none fits or where several may. */
	readonly instructions: readonly (SourceLine | null)[];
	/** The end of a sentence that begins with the name of the file; null where all of it belongs to the image. */
	readonly problem: string | null;
	/** Whether the file is that of the image, and says that it is built on nothing. */
	readonly isFromScratch: boolean;
}

/**
 * Finds the line of a Dockerfile that made each layer, by the history. The layers of the base have none. A file of which less than a half is
 * in the history belongs to another image: what fits of it by chance is not claimed.
 */
export function sourceLinesOf(
	{ name, source, target }: Dockerfile,
	history: readonly HistoryStep[],
	layerCount: number,
): SourceLines {
	const instructions: (SourceLine | null)[] = new Array<null>(layerCount).fill(null);
	const parsed = parseDockerfile(source);
	const stage = instructionsOfStage(parsed, target);
	const nothing = { instructions, isFromScratch: false };
	if (stage === null) return { ...nothing, problem: target === null ? NO_STAGE : NO_TARGET };
	const matched = matchInstructions(
		stage,
		history.map(({ instruction }) => instruction),
	);
	const wanted = stage.filter(({ keyword }) => /^(?:RUN|COPY|ADD)$/.test(keyword));
	const found = new Set(matched);
	const missing = wanted.filter((instruction) => !found.has(instruction)).length;
	if (missing * 2 > wanted.length) return { ...nothing, problem: OTHER_IMAGE };
	for (const [index, { layerIndex }] of history.entries()) {
		const instruction = matched[index];
		if (layerIndex === null || instruction === null) continue;
		instructions[layerIndex] = { file: name, line: instruction.line, text: instruction.text };
	}
	const problem =
		missing === 0
			? null
			: `${missing} of its ${wanted.length} instructions that make layers cannot be told apart in the history of the image, or are not there: their lines are not named.`;
	return { instructions, problem, isFromScratch: isFromScratch(parsed, target) };
}

const NO_STAGE = 'it has no FROM: no lines are named.';
const NO_TARGET = 'it has no such stage: no lines are named.';
const OTHER_IMAGE = 'it does not fit the history of the image: no lines are named.';
