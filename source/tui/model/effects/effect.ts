import type { Comparison } from '../../../filetree/comparison.ts';
import type { FileTree } from '../../../filetree/file-tree.ts';
import type { Steps } from '../../../steps.ts';
import type { SortOrder } from '../rows/child-order.ts';
import type { ProjectionKey } from '../rows/projection.ts';
import type { Projector } from '../rows/projector.ts';
import type { RequestEffect } from './requests.ts';

/** Something to do outside the model. One place runs effects, and the result of an effect comes back to the model as an `Answer`. */
export type Effect<Answer> =
	| TerminalEffect
	| RequestEffect<Answer>
	/** Asks the terminal to report what the mouse does, or no longer. */
	| { readonly type: 'mouse'; readonly isOn: boolean }
	/** Stops the requests whose topic starts so: nobody waits for their answers any more. */
	| { readonly type: 'drop'; readonly topic: string }
	/** Compute the rows that the user is likely to look at next, while the program is idle. Has no answer. */
	| { readonly type: 'prepare'; readonly projector: Projector; readonly key: ProjectionKey }
	/** Finish the filter of a list, and compute what others and orders need, while the program is idle. Answers `done` when all of it is finished. */
	| { readonly type: 'prepare-list'; readonly steps: Steps<void>; readonly done: Answer }
	/** Compute what helps wherever the user goes in the image, while the program is idle. Answers `done` when all of it is finished. */
	| {
			readonly type: 'prepare-image';
			readonly projector: Projector;
			readonly tree: FileTree;
			readonly done: Answer;
	  }
	/** The same for two images. */
	| {
			readonly type: 'prepare-difference';
			readonly comparison: Comparison;
			readonly orders: readonly SortOrder[];
			readonly done: Answer;
	  };

/** What is done to the terminal as a whole: it is given back for good or until the shell continues the program, or drawn anew. */
export interface TerminalEffect {
	readonly type: 'leave' | 'suspend' | 'repaint';
}

/** The same effect with its answer wrapped. */
export function withAnswer<From, To>(effect: Effect<From>, wrap: (answer: From) => To): Effect<To> {
	if (effect.type === 'request') return withWrapped(effect, wrap);
	return 'done' in effect ? { ...effect, done: wrap(effect.done) } : effect;
}

function withWrapped<From, To>(effect: RequestEffect<From>, wrap: (answer: From) => To): RequestEffect<To> {
	// The compiler does not keep the kind of a request and its answer together here.
	const answered = effect.answered as (answer: never) => From;
	return { ...effect, answered: (answer: never) => wrap(answered(answer)) } as RequestEffect<To>;
}
