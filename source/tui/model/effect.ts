import type { FileTree } from '../../filetree/file-tree.ts';
import type { ProjectionKey } from './rows/projection.ts';
import type { Projector } from './rows/projector.ts';

/** Something to be done outside of the model. One place runs effects, and what comes of one goes back to the model as an `Answer`. */
export type Effect<Answer> =
	| { readonly type: 'leave' }
	/** Work out the rows that the user is likely to ask for next, while there is nothing else to do. Has no answer. */
	| { readonly type: 'prepare'; readonly projector: Projector; readonly key: ProjectionKey }
	/** Work out what is of use wherever the user goes in the image, while there is nothing else to do; then answer `done`. */
	| {
			readonly type: 'prepare-image';
			readonly projector: Projector;
			readonly tree: FileTree;
			readonly done: Answer;
	  };

/** The same effect, with its answer as `wrap` makes it. */
export function withAnswer<From, To>(effect: Effect<From>, wrap: (answer: From) => To): Effect<To> {
	return effect.type === 'prepare-image' ? { ...effect, done: wrap(effect.done) } : effect;
}
