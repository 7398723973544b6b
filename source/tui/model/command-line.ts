import { pickOf } from '../../image/at-hand/source-image.ts';
import { shellWord } from '../../text/shell-word.ts';
import type { OpenedImage } from './opened-image.ts';
import { selectionOf } from './shown/shown-view.ts';
import type { ExplorerState } from './state.ts';

/** The command that shows the same as the current view without a screen, for a POSIX shell; null for what no command shows. */
export function commandLineOf(state: ExplorerState): string | null {
	const { subject } = state;
	const { command } = selectionOf(state);
	if (command === null) return null;
	const references =
		subject.kind === 'image'
			? [...pickFlags(subject), subject.reference]
			: subject.images.map(({ reference }) => reference);
	return ['fathom', ...command, ...references].map(shellWord).join(' ');
}

/** The flags that pick the image among those of its place. */
function pickFlags({ choices = [] }: OpenedImage): readonly string[] {
	const opened = choices.find(({ isOpened }) => isOpened);
	if (opened === undefined || choices.length < 2) return [];
	const { imageName, platform } = pickOf(opened, choices);
	return [
		...(imageName === null ? [] : ['--image', imageName]),
		...(platform === null ? [] : ['--platform', platform]),
	];
}
