import { shellWord } from '../../text/shell-word.ts';
import { selectionOf } from './shown/shown-view.ts';
import type { ExplorerState } from './state.ts';

/** The command that shows the same as the current view without a screen, for a POSIX shell. */
export function commandLineOf(state: ExplorerState): string {
	const { subject } = state;
	const references =
		subject.kind === 'image' ? [subject.reference] : subject.images.map(({ reference }) => reference);
	return ['fathom', ...selectionOf(state).command, ...references].map(shellWord).join(' ');
}
