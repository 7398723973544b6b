/**
 * What each room of source/ may import, besides itself: rooms (with a slash at the end) and single files. A room that is
 * named by single files gives only its contract, not its workings.
 */
export const arrows: Readonly<Record<string, readonly string[]>> = {
	'errors.ts': [],
	'warning.ts': [],
	'steps.ts': [],
	'text/': [],
	'columns/': ['steps.ts'],
	'package-root.ts': [],
	'tar/': ['errors.ts', 'steps.ts', 'text/', 'columns/'],
	'cache/': ['errors.ts', 'warning.ts', 'text/', 'columns/', 'tar/'],
	'image/': ['errors.ts', 'warning.ts', 'text/'],
	'sources/': ['errors.ts', 'warning.ts', 'steps.ts', 'text/', 'columns/', 'image/', 'tar/', 'cache/'],
	'filetree/': [
		'errors.ts',
		'warning.ts',
		'steps.ts',
		'text/',
		'columns/',
		'image/image.ts',
		'tar/changeset.ts',
		'tar/content-groups.ts',
		'tar/entry-budget.ts',
	],
	'analysis/': [
		'errors.ts',
		'warning.ts',
		'steps.ts',
		'text/',
		'columns/',
		'image/image.ts',
		'tar/changeset.ts',
		'filetree/',
	],
	'diff/': [
		'errors.ts',
		'warning.ts',
		'steps.ts',
		'text/',
		'columns/',
		'image/image.ts',
		'image/platform.ts',
		'tar/changeset.ts',
		'tar/empty-changeset.ts',
		'filetree/',
	],
	'session/': [
		'errors.ts',
		'warning.ts',
		'steps.ts',
		'text/',
		'columns/',
		'image/',
		'tar/',
		'cache/',
		'sources/',
		'filetree/',
		'analysis/',
		'diff/',
	],
	'settings/': [
		'errors.ts',
		'text/',
		'image/platform.ts',
		'sources/image-source.ts',
		'gate/rule.ts',
		'gate/rules.ts',
	],
	'gate/': [
		'errors.ts',
		'warning.ts',
		'steps.ts',
		'text/',
		'image/image.ts',
		'filetree/',
		'analysis/',
		'diff/',
	],
	'report/': [
		'errors.ts',
		'warning.ts',
		'text/',
		'image/image.ts',
		'image/platform.ts',
		'tar/changeset.ts',
		'filetree/',
		'analysis/',
		'diff/',
	],
	'tui/model/': [
		'errors.ts',
		'warning.ts',
		'steps.ts',
		'text/',
		'columns/',
		'image/image.ts',
		'image/platform.ts',
		'tar/changeset.ts',
		'filetree/',
		'analysis/',
		'diff/',
	],
	'tui/view/': ['steps.ts', 'text/', 'tui/model/'],
	'commands/': [
		'columns/',
		'package-root.ts',
		'errors.ts',
		'warning.ts',
		'text/',
		'image/',
		'tar/',
		'cache/',
		'sources/',
		'filetree/',
		'analysis/',
		'diff/',
		'session/',
		'settings/',
		'gate/',
		'report/',
		'tui/model/',
		'tui/view/',
	],
	'interruption.ts': [],
	'main.ts': [
		'errors.ts',
		'interruption.ts',
		'package-root.ts',
		'text/',
		'image/',
		'settings/',
		'sources/host.ts',
		'commands/',
	],
	'cli.ts': ['main.ts'],
};

/** The room of a file: the longest key of `arrows` that its path starts with; undefined for a file that stands outside of all. */
export function roomOf(path: string): string | undefined {
	return Object.keys(arrows)
		.filter((room) => path === room || (room.endsWith('/') && path.startsWith(room)))
		.sort((a, b) => b.length - a.length)
		.at(0);
}

/** Whether a file in `room` may import the file at `target`. */
export function isAllowed(room: string, target: string): boolean {
	return [room, ...arrows[room]].some(
		(place) => target === place || (place.endsWith('/') && target.startsWith(place)),
	);
}
