import type { KeyBinding } from '../key-binding.ts';
import type { PathScreenId } from './screen.ts';

/** The heading of these keys in the help. */
export const PATHS_GROUP = 'Paths';

type PathKey<Context extends string> = KeyBinding<
	{ readonly type: 'open-path'; readonly screen: PathScreenId },
	Context
>;

/** The keys that open a screen on the path under the cursor. `fileContexts`: the panes of lists of files, whose footer names them. */
export function pathKeys<Context extends string>(
	contexts: readonly Context[],
	fileContexts: readonly Context[],
): readonly PathKey<Context>[] {
	const opens = (
		screen: Exclude<PathScreenId, 'file'>,
		key: string,
		description: string,
	): PathKey<Context> => ({
		id: `open-${screen}`,
		name: screen,
		keys: [key],
		contexts,
		group: PATHS_GROUP,
		description,
		action: { type: 'open-path', screen },
	});
	return [
		opens('history', 'H', 'What each layer did to the path under the cursor'),
		opens('about', 'i', 'All about the path under the cursor'),
		{
			...opens('extract', 'x', 'Write the file or folder under the cursor to a folder'),
			hint: { text: 'extract', contexts: fileContexts },
		},
		{
			id: 'open-listed-file',
			name: 'show-file',
			keys: ['d'],
			contexts: fileContexts,
			group: PATHS_GROUP,
			description: 'Show the file, as the layer has it that ships it',
			hint: { text: 'show file' },
			action: { type: 'open-path', screen: 'file' },
		},
	];
}
