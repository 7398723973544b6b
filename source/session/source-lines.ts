import type { BuildArgument, ImageDescription } from '../image/image.ts';
import { linesOfProvenance } from '../image/provenance-lines.ts';
import { type Dockerfile, sourceLinesOf } from '../image/source-lines.ts';
import type { ReadImage } from '../sources/image-source.ts';
import { argumentsOf } from '../text/dockerfile/build-arguments.ts';
import { parseDockerfile } from '../text/dockerfile/parse-dockerfile.ts';
import type { SourceLine } from '../text/dockerfile/source-line.ts';
import type { Notice } from '../warning.ts';

interface KnownLines {
	/** One for each layer, lowest first; null where none is known. */
	readonly instructions: readonly (SourceLine | null)[];
	readonly notices: readonly Notice[];
	/** Whether the file that they are of says that the image is built on nothing. */
	readonly isFromScratch: boolean;
}

const MOST_ARGUMENTS = 1000;

/** The build arguments that the provenance says, and those that the user's Dockerfile has, of every stage. */
export function knownArguments(
	{ provenance }: Pick<ReadImage, 'provenance'>,
	dockerfile: Dockerfile | null,
): readonly BuildArgument[] {
	const asked = dockerfile === null ? [] : argumentsOf(parseDockerfile(dockerfile.source));
	return [...(provenance?.buildArguments ?? []), ...asked].slice(0, MOST_ARGUMENTS);
}

/** The lines that made the layers of an image: of the Dockerfile that the user names, or else of the one in its provenance. */
export function knownLines(
	{ provenance }: Pick<ReadImage, 'provenance'>,
	{ history, layers }: ImageDescription,
	dockerfile: Dockerfile | null,
): KnownLines {
	if (dockerfile !== null) {
		const { problem, ...lines } = sourceLinesOf(dockerfile, history, layers.length);
		const message = `${dockerfile.name}: ${problem}`;
		return { ...lines, notices: problem === null ? [] : [{ code: 'dockerfile-not-matched', message }] };
	}
	if (!provenance) return { instructions: layers.map(() => null), notices: [], isFromScratch: false };
	const { problem, ...lines } = linesOfProvenance(provenance, layers);
	const message = `The image's provenance is not used in full: ${problem}`;
	return { ...lines, notices: problem === null ? [] : [{ code: 'provenance-not-used', message }] };
}
