import { absentLayers } from '../../../image/image.ts';
import type { Steps } from '../../../steps.ts';
import type { FindingInput, FoundFinding } from '../finding.ts';
import { checkProgram } from './check-program.ts';
import { ProgramLookup } from './program-lookup.ts';
import { problemOfCommand, type StartProblem } from './start-problem.ts';

/** What the image runs by itself, if that cannot start. A command in the shell form is its shell, and no more. */
export function* findStartProblem(input: FindingInput): Steps<readonly FoundFinding[]> {
	const { config, platform } = input.description;
	const [word] = [...(config.entrypoint ?? []), ...(config.cmd ?? [])];
	const isOfLinux = platform === null || platform.os === 'linux';
	if (!word || !isOfLinux || !hasAllLayers(input)) return [];
	const lookup = new ProgramLookup(input.tree, config);
	const found = yield* lookup.command(word);
	const problem =
		found.kind === 'program' ? yield* checkProgram(found, input, lookup) : problemOfCommand(word, found);
	return problem === null ? [] : [describe(problem, input)];
}

/** What a layer has that is kept elsewhere, or could not be read, is not known. Of a layer that was read there are bytes, if only zeros. */
function hasAllLayers({ description, tree }: FindingInput): boolean {
	return (
		absentLayers(description).length === 0 && tree.changesets.every(({ unpackedBytes }) => unpackedBytes > 0)
	);
}

function describe({ subject, what, advice, node }: StartProblem, { tree }: FindingInput): FoundFinding {
	return {
		code: 'cannot-start',
		level: 'risk',
		title: `the image cannot start: ${subject} ${what}`,
		claim: { kind: 'nothing', nodes: node === null ? [] : [node] },
		shippedIn: node === null ? null : tree.changeLayers[tree.changeStarts[node + 1] - 1],
		wastedIn: null,
		advice: { text: advice, edit: null },
	};
}
