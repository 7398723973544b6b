import { expectedOf, fits, recordedOf } from '../text/dockerfile/fits-recorded.ts';
import { type DockerfileInstruction, parseDockerfile } from '../text/dockerfile/parse-dockerfile.ts';
import type { SourceLine } from '../text/dockerfile/source-line.ts';
import { isFromScratch } from '../text/dockerfile/stages.ts';
import type { LayerDescription } from './image.ts';
import type { Provenance } from './provenance.ts';
import type { SourceLines } from './source-lines.ts';

/**
 * The lines that made the layers of an image, as its provenance says. A step is that of the topmost of its layers, if all of them are the
 * lowest of the image. Nothing is claimed of a layer that several lines are said of, or where the history says something else.
 */
export function linesOfProvenance(
	{ files, steps, malformedSteps, target }: Provenance,
	layers: readonly Pick<LayerDescription, 'digest' | 'instruction'>[],
): SourceLines {
	const parsed = files.map(({ source }) => parseDockerfile(source));
	const instructions = parsed.map(
		(each) => new Map(each.map((instruction) => [instruction.line, instruction])),
	);
	const claims = layers.map(() => new Map<string, SourceLine>());
	let wrong = 0;
	for (const { file, line, layers: chains } of steps)
		for (const chain of chains) {
			const top = chain.length - 1;
			if (top < 0 || top >= layers.length || chain.some((digest, index) => digest !== layers[index].digest))
				continue;
			const instruction = instructions[file]?.get(line);
			if (instruction === undefined || !isRecorded(instruction, layers[top].instruction)) wrong += 1;
			else claims[top].set(`${file}:${line}`, { file: files[file].name, line, text: instruction.text });
		}
	return {
		instructions: claims.map((lines) => (lines.size === 1 ? [...lines.values()][0] : null)),
		problem: wrong > 0 ? OTHER_LINES : malformedSteps > 0 ? MALFORMED : null,
		// The file that a build is started with is the first.
		isFromScratch: parsed.length > 0 && isFromScratch(parsed[0], target),
	};
}

const OTHER_LINES = 'it names other lines than the history of the image has: these are left out.';
const MALFORMED = 'some lines or layers that it names cannot be any: these are not believed.';

/** A layer without a history can be that of any line. */
function isRecorded(instruction: DockerfileInstruction, recorded: string | null): boolean {
	return recorded === null || fits(expectedOf(instruction), recordedOf(recorded));
}
