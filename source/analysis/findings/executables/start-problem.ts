import type { LookedUp } from './program-lookup.ts';

/** Why a container of the image cannot start. */
export interface StartProblem {
	/** Half a sentence about `subject`. */
	readonly what: string;
	readonly advice: string;
	/** The program that is to blame, as a path or a name. */
	readonly subject: string;
	/** The node of that; null where it is not there. */
	readonly node: number | null;
}

/** A program of the image. */
export interface Subject {
	readonly path: string;
	readonly node: number;
}

/** What is wrong with what the image starts first; null where nothing is. */
export function problemOfCommand(word: string, found: LookedUp): StartProblem | null {
	if (found.kind === 'absent' && found.link !== null)
		return {
			what: `is ${LINK_TO_NOWHERE}`,
			advice: 'Put what it leads to into the image, or name what is there in ENTRYPOINT or CMD.',
			subject: found.link.path,
			node: found.link.node,
		};
	if (found.kind === 'absent')
		return {
			what: word.includes('/') ? 'is not in the image' : 'is in no folder of PATH',
			advice: 'Put it into the image, or name what is there in ENTRYPOINT or CMD.',
			subject: word,
			node: null,
		};
	if (found.kind === 'folder')
		return {
			what: 'is a folder',
			advice: 'Name a program in ENTRYPOINT or CMD.',
			subject: found.path,
			node: found.node,
		};
	return found.kind === 'not-executable' ? notExecutable(found) : null;
}

/** What is wrong with what a program needs in order to be run; null where nothing is. */
export function problemOfNeed(subject: Subject, need: string, found: LookedUp): StartProblem | null {
	if (found.kind === 'not-executable') return notExecutable(found);
	if (found.kind !== 'absent' && found.kind !== 'folder') return null;
	return {
		...of(subject),
		what: `needs ${need}, which is ${absence(found)}`,
		advice: 'Install it, or name another interpreter in the first line.',
	};
}

export function withoutLoader(subject: Subject, loader: string, found: LookedUp): StartProblem {
	return {
		...of(subject),
		what: `needs the loader ${loader}, which is ${absence(found)}`,
		advice: 'Build on a base with that C library, or link the program statically (Go: CGO_ENABLED=0).',
	};
}

export function withoutLibrary(subject: Subject, library: string): StartProblem {
	return {
		...of(subject),
		what: `needs the library ${library}, which is nowhere in the image`,
		advice: 'Install the package that has it, or copy it from the stage that built the program.',
	};
}

export function withCarriageReturn(subject: Subject): StartProblem {
	return {
		...of(subject),
		what: 'has a carriage return in its first line, which becomes part of the name of its interpreter',
		advice: 'Save it with line ends of Unix (LF), for example by `*.sh text eol=lf` in .gitattributes.',
	};
}

export function forOtherMachine(subject: Subject, machine: string, platform: string): StartProblem {
	return {
		...of(subject),
		what: `is a program for ${machine}, and the image is for ${platform}`,
		advice: 'Build it for the platform of the image, or the image for the platform of the program.',
	};
}

const LINK_TO_NOWHERE = 'a symlink that leads nowhere';

function absence(found: LookedUp): string {
	return found.kind === 'absent' && found.link !== null ? LINK_TO_NOWHERE : 'not in the image';
}

function notExecutable(found: Extract<LookedUp, { kind: 'not-executable' }>): StartProblem {
	return {
		...of(found),
		what: `is not executable (mode ${found.mode.toString(8).padStart(4, '0')})`,
		advice: 'Set its mode where it is made: COPY --chmod=0755, or chmod in the same RUN.',
	};
}

function of({ path, node }: Subject): Pick<StartProblem, 'subject' | 'node'> {
	return { subject: path, node };
}
