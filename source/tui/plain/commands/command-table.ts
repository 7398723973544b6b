import type { SubjectKind } from '../../model/subject.ts';
import { viewIds } from '../../model/views/views.ts';
import { type Answer, type PlainCommand, said } from '../answer.ts';
import { fileCommands } from './file-commands.ts';
import { folderCommands } from './folder-commands.ts';
import { shownWord, viewCommands } from './view-commands.ts';

/** The commands about what is shown, in the order of the help. To add one, add it to a list, or a list here. */
const table: readonly PlainCommand[] = [...viewIds.flatMap(viewCommands), ...folderCommands, ...fileCommands];

/** What the dialogue does itself. */
const own: readonly (readonly [usage: string, summary: string])[] = [
	['filter TEXT', 'the last list again, with only what has TEXT in it; without TEXT, all of it'],
	['more', 'the next 20 of a long list; more 100 says 100'],
	['help', 'this list'],
	['quit', 'leave, as Ctrl-D does'],
];

function commandsFor(kind: SubjectKind): readonly PlainCommand[] {
	return table.filter((command) => command.kind === null || command.kind === kind);
}

/** The command of a name; undefined for none. */
export function commandNamed(name: string, kind: SubjectKind): PlainCommand | undefined {
	return commandsFor(kind).find(({ names }) => names.includes(name));
}

export function helpAnswer(kind: SubjectKind): Answer {
	const rows = [...commandsFor(kind).map(({ usage, summary }) => [usage, summary] as const), ...own];
	return said(
		...rows.map(([usage, summary]) => `${usage}: ${summary}`),
		...(kind === 'image' ? ['A path may end in a layer: show /etc/passwd @2 shows what layer 2 left.'] : []),
	);
}

export function unknownAnswer(name: string, kind: SubjectKind): Answer {
	const words = [...commandsFor(kind), ...own.map(([usage]) => ({ usage }))].map(
		({ usage }) => usage.split(' ')[0],
	);
	return said(`There is no command ${shownWord(name)}. There are: ${[...new Set(words)].join(', ')}.`);
}
