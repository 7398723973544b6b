/** How CI systems look for commands in a line of a log, written anew from what they document. */
const readers: readonly ((line: string) => boolean)[] = [
	// GitHub Actions and Gitea: https://github.com/actions/runner, src/Runner.Common/ActionCommand.cs
	(line) => line.trimStart().startsWith('::'),
	(line) => line.includes('##['),
	// Azure Pipelines, TeamCity
	(line) => /##(?:vso|teamcity)\[/i.test(line),
	// GitLab, Travis CI
	(line) => /section_(?:start|end):|travis_(?:fold|time):/.test(line),
	// Buildkite
	(line) => ['---', '+++', '~~~', '^^^'].some((mark) => line.trimStart().startsWith(mark)),
];

/** The lines that some CI system takes for a command. */
export function commandsIn(output: string): readonly string[] {
	return output.split('\n').filter((line) => readers.some((reads) => reads(line)));
}

/** What hostile text is made of to become a command. */
export const commandParts = [
	'::',
	':',
	'::error::',
	'::stop-commands::t',
	'::set-output name=a::b',
	'##[error]',
	'##',
	'#',
	'[',
	'[group]',
	'##vso[task.setvariable variable=a]b',
	"##teamcity[buildStop comment='']",
	'section_start:1:a',
	'section_end:1:a',
	'travis_fold:start:a',
	'---',
	'--- ',
	'+++ x',
	'~~~',
	'^^^ +++',
	' ',
	'\u00A0',
	'\t',
	'\n',
	'\r',
	'\u2028',
	'\uFEFF',
	'\u001B[0K',
	'\u001B[1m',
	'x',
	'/',
] as const;
