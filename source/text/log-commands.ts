/** Sequences that only change how text looks (ECMA-48, "Select graphic rendition") are nothing to a CI system, as blanks are. */
const blanks = '((?:[^\\S\\n]|\\u{1B}\\[[\\d;]*m)*)';

/**
 * What some CI system reads at the start of a line: `::` (GitHub Actions, runner's `ActionCommand.TryParseV2`; Gitea), and the marks of
 * groups (Buildkite, "Managing log output").
 */
const atStart = new RegExp(`^${blanks}(:(?=:)|-(?=--)|\\+(?=\\+\\+)|~(?=~~)|\\^(?=\\^\\^))`, 'gmu');

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
	return text
		.replace(atStart, (_, before: string, mark: string) => before + showCharacter(mark))
		.replace(anywhere, showCharacter);
}

function showCharacter(character: string): string {
	return `\\x${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
