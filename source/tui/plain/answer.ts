import type { Steps } from '../../steps.ts';
import type { FileServices } from '../model/effects/requests.ts';
import type { Subject, SubjectKind } from '../model/subject.ts';

/** What a command says, and what follows from it. All texts are safe for a terminal. */
export interface Answer {
	readonly lines: readonly string[];
	/** A list of which a page is said at a time. */
	readonly list?: SaidList;
	/** The folder that paths start from now. */
	readonly folder?: number;
	/** The same list again, with only what a filter finds. */
	readonly filtered?: (filter: string) => Promise<Answer>;
}

export interface SaidList {
	/** Null where that is known only when all of it is read. */
	readonly count: number | null;
	readonly rows: Iterator<string> | AsyncIterator<string>;
}

/** What a command has at hand. */
export interface Talk {
	readonly subject: Subject;
	/** The folder that paths start from. */
	readonly folder: number;
	readonly services: FileServices;
	/** Aborted when the user interrupts what is being done now. */
	readonly signal: AbortSignal;
	/** Does steps of work, and can be interrupted in between. */
	readonly run: <T>(steps: Steps<T>) => Promise<T>;
	/** Waits until details are known, or have failed. Says so where that takes a while. */
	readonly untilKnown: (names: readonly string[]) => Promise<Subject>;
}

export interface PlainCommand {
	/** What is typed for it; the first one is in the help. */
	readonly names: readonly [string, ...string[]];
	/** As in the help: `cd PATH`. */
	readonly usage: string;
	readonly summary: string;
	/** What it is about; null for both. */
	readonly kind: SubjectKind | null;
	readonly run: (argument: string, talk: Talk) => Promise<Answer>;
}

export function said(...lines: readonly string[]): Answer {
	return { lines };
}
