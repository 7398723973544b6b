import { cacheExplanations } from './caches.ts';
import type { Explanation } from './explanation.ts';
import { FIRST_STAGE, ignored, left, removed, SAME_RUN } from './leftover.ts';

const otherExplanations = [
	left(
		'core-dumps-left',
		[
			'core dumps are left',
			'A program crashed while the image was built, and the memory that it had is in the image, with all secrets in it. Find out why it crashed.',
		],
		removed('make test', 'rm -f core.*'),
	),
	left(
		'temporary-files-left',
		[
			'temporary files are left',
			`Programs expect these folders to be empty when a container starts, and most of what is there was needed once. ${SAME_RUN}`,
		],
		removed('tar xf /tmp/node.tar -C /opt', 'rm -rf /tmp/*'),
	),
	left(
		'logs-left',
		[
			'logs of the build are left',
			'They tell of the build, not of the container, and make two builds of one source differ. Remove the files and keep the folders: programs may need those.',
		],
		removed('apt-get update && apt-get install -y nginx', 'find /var/log -type f -delete'),
	),
	left(
		'git-folder-left',
		[
			'the history of a Git repository is left',
			'The folder .git holds all that was ever committed, secrets that were removed later included. Leave it out of what is copied.',
		],
		ignored('.git'),
	),
	left(
		'editor-files-left',
		[
			'files of editors and desktops are left',
			'They are of use on the machine that made them alone, and may hold drafts that nobody should read. Leave them out of what is copied.',
		],
		ignored('**/*.swp **/*~ **/.DS_Store **/.idea **/.vscode'),
	),
	left(
		'source-maps-left',
		[
			'source maps are left',
			'They lead from compiled code back to its source, and often hold all of that. They are of use only where stack traces are read with them.',
		],
		removed('npm ci --omit=dev', "find node_modules -name '*.map' -delete"),
	),
	left(
		'test-data-left',
		[
			'tests of packages are left',
			'Packages are often shipped with their own tests and what these need. Hardly any program imports them; try it before you rely on it.',
		],
		removed('npm ci --omit=dev', 'rm -rf node_modules/*/test'),
	),
	left(
		'documentation-left',
		[
			'documentation is left',
			'Hardly anybody reads manuals in a container, and minimal images leave them out. Copyright files are not counted: licences may ask for them to stay. What a base has can only be left out of the base.',
		],
		{
			before: ['RUN apt-get update && apt-get install -y curl'],
			after: [
				"RUN printf 'path-exclude=%s\\n' '/usr/share/man/*' \\",
				'      > /etc/dpkg/dpkg.cfg.d/no-manuals \\',
				' && apt-get update && apt-get install -y curl',
			],
		},
	),
	left(
		'locales-left',
		[
			'translations of messages are left',
			'Without a locale a container has English messages, and minimal images leave translations out. What a base has can only be left out of the base.',
		],
		{
			before: ['RUN apt-get update && apt-get install -y curl'],
			after: [
				"RUN printf 'path-exclude=%s\\n' '/usr/share/locale/*' \\",
				'      > /etc/dpkg/dpkg.cfg.d/no-translations \\',
				' && apt-get update && apt-get install -y curl',
			],
		},
	),
] as const satisfies readonly Explanation[];

const buildTools = {
	...left(
		'build-tools-left',
		[
			'compilers, headers and other build tools are left',
			`They are large, and help an attacker in a container. ${FIRST_STAGE} A library that programs are linked to has to be installed there too.`,
		],
		{
			before: [
				'FROM debian:12',
				'RUN apt-get update && apt-get install -y gcc',
				'RUN gcc -O2 -o /server /src/server.c',
			],
			after: [
				'FROM debian:12 AS build',
				'RUN apt-get update && apt-get install -y gcc',
				'RUN gcc -O2 -o /server /src/server.c',
				'FROM debian:12',
				'COPY --from=build /server /server',
			],
		},
	),
	needsContents: true,
} as const satisfies Explanation;

const devPackages = {
	...left(
		'dev-dependencies-left',
		[
			'npm packages that only development needs are left',
			'Compilers, bundlers and test runners are often most of node_modules, and no application that is built needs them. npm leaves out what only devDependencies ask for with --omit=dev. Where the build needs them, build in a first stage.',
		],
		{
			before: ['RUN npm ci'],
			after: ['RUN npm ci --omit=dev'],
		},
	),
	needsContents: true,
} as const satisfies Explanation;

/** What builds leave behind and the final file system still has. */
export const leftoverExplanations = [
	...cacheExplanations,
	...otherExplanations,
	buildTools,
	devPackages,
] as const satisfies readonly Explanation[];

/** The codes of what is told by paths alone. */
export type LeftoverCode = (typeof cacheExplanations | typeof otherExplanations)[number]['code'];
