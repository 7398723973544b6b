/** Sequences that only change how text looks (ECMA-48, "Select graphic rendition") are nothing to a CI system, as blanks are. */
const blanks = '((?:[^\\S\\n]|\\u{1B}\\[[\\d;]*m)*)';
/** The same without any character after which `^` matches. */
const blanksInLine = '((?:[^\\S\\n\\r\\u2028\\u2029]|\\u{1B}\\[[\\d;]*m)*)';

/**
 * What some CI system reads at the start of a line: `::` (GitHub Actions, runner's `ActionCommand.TryParseV2`; Gitea), and the marks of
 * groups (Buildkite, "Managing log output").
 */
const atStart = new RegExp(`^${blanks}(:(?=:)|-(?=--)|\\+(?=\\+\\+)|~(?=~~)|\\^(?=\\^\\^))`, 'gmu');

/**
 * The same without `---` and `+++`, with which lines of every patch begin: the most that they do in a log is to fold it. Text from a file may
 * have many line breaks other than the line feed, each of which is another start.
 */
const atStartOfPatchLine = new RegExp(`^${blanksInLine}(:(?=:)|~(?=~~)|\\^(?=\\^\\^))`, 'gmu');

/**
 * What some CI system reads anywhere in a line: `##[` (GitHub Actions, `ActionCommand.TryParse`; Azure Pipelines), `##vso[` (Azure
 * Pipelines), `##teamcity[` (TeamCity, "Service Messages"), and the sections of GitLab and the folds of Travis CI, which end in control
 * characters that are escaped, but whose beginning is not for a log either.
 */
const anywhere = /#(?=[\w.-]*\[)(?<=##)|_(?=(?:start|end|fold|time):)(?<=(?:section|travis)_)/giu;

/**
 * Text without anything that a CI system would take for a command where it is written to a log: the character that makes the mark is
 * shown as `\xHH`, as `escapeForTerminal` shows control characters. For whole lines, as they are printed, of text that is safe for a
 * terminal.
 */
export function withoutLogCommands(text: string): string {
	return withoutMarks(text, atStart);
}

/** The same for a part of a line that stands behind something else: only for what is read anywhere in a line. */
export function withoutLogCommandsInLine(text: string): string {
	return text.replace(anywhere, showCharacter);
}

/** The same for whole lines of a patch. They need not be safe for a terminal. */
export function withoutLogCommandsInPatch(text: string): string {
	return withoutMarks(text, atStartOfPatchLine);
}

function withoutMarks(text: string, marksAtStart: RegExp): string {
	return text
		.replace(marksAtStart, (_, before: string, mark: string) => before + showCharacter(mark))
		.replace(anywhere, showCharacter);
}

function showCharacter(character: string): string {
	return `\\x${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
