import type { ElfFact, ScriptFact } from '../../../facts/executables/executable-facts.ts';
import { formatPlatform } from '../../../image/platform.ts';
import type { Steps } from '../../../steps.ts';
import type { FindingInput } from '../finding.ts';
import { foreignMachine } from './machines.ts';
import { findMissingLibrary } from './missing-library.ts';
import type { ProgramLookup } from './program-lookup.ts';
import {
	forOtherMachine,
	problemOfNeed,
	type StartProblem,
	type Subject,
	withCarriageReturn,
	withoutLibrary,
	withoutLoader,
} from './start-problem.ts';

/** Linux follows no more interpreters (`bprm` in fs/exec.c). */
const MOST_INTERPRETERS = 4;
/** A name that `env` looks for, and no option or variable. */
const PLAIN_NAME = /^[A-Za-z0-9_][\w.+-]*\r?$/;

/** Why a program that is there cannot run; null where nothing is known against it. */
export function* checkProgram(
	subject: Subject,
	input: FindingInput,
	lookup: ProgramLookup,
	depth = 0,
): Steps<StartProblem | null> {
	const fact = input.executables?.byNode.get(subject.node)?.fact;
	if (fact === undefined || depth > MOST_INTERPRETERS) return null;
	return fact.kind === 'elf'
		? yield* checkElf(fact, subject, input, lookup)
		: yield* checkScript(fact, subject, { input, lookup, depth });
}

function* checkElf(
	{ machine, interpreter, needed }: ElfFact,
	subject: Subject,
	input: FindingInput,
	lookup: ProgramLookup,
): Steps<StartProblem | null> {
	const { platform } = input.description;
	const foreign = platform && foreignMachine(machine, platform);
	if (platform && foreign) return forOtherMachine(subject, foreign, formatPlatform(platform));
	if (!interpreter?.startsWith('/')) return null;
	const loader = yield* lookup.path(interpreter);
	if (loader.kind === 'absent') return withoutLoader(subject, interpreter, loader);
	const library = yield* findMissingLibrary({ needed, interpreter }, input, lookup);
	return library === null ? null : withoutLibrary(subject, library);
}

interface ScriptContext {
	readonly input: FindingInput;
	readonly lookup: ProgramLookup;
	readonly depth: number;
}

function* checkScript(
	{ interpreter, argument }: ScriptFact,
	subject: Subject,
	{ input, lookup, depth }: ScriptContext,
): Steps<StartProblem | null> {
	if (!interpreter.startsWith('/')) return null;
	const found = yield* lookup.path(interpreter);
	if (found.kind === 'absent' && interpreter.endsWith('\r')) return withCarriageReturn(subject);
	const problem = problemOfNeed(subject, interpreter, found);
	if (problem !== null) return problem;
	if (found.kind !== 'program') return null;
	if (interpreter.endsWith('/env') && argument !== null && PLAIN_NAME.test(argument)) {
		const named = yield* lookup.command(argument);
		if (named.kind === 'absent')
			return argument.endsWith('\r') ? withCarriageReturn(subject) : problemOfNeed(subject, argument, named);
		if (named.kind === 'program') return yield* checkProgram(named, input, lookup, depth + 1);
	}
	return yield* checkProgram(found, input, lookup, depth + 1);
}
