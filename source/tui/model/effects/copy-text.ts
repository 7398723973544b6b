import type { Action } from '../action.ts';
import type { Effect } from './effect.ts';

/** Puts a text into the clipboard of the terminal. `name` is what the user is told of it. */
export function copyText(text: string, name: string): Effect<Action> {
	return {
		type: 'request',
		kind: 'copy-text',
		ask: { text },
		answered: ({ isTaken }) => ({ type: 'copied', name, isTaken }),
	};
}
