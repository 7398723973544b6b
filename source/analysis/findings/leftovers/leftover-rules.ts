import { cacheRules } from './cache-rules.ts';
import { type LeftoverRule, REMOVE } from './leftover-rule.ts';

/** What else builds leave. */
const otherRules: readonly LeftoverRule[] = [
	{
		code: 'core-dumps-left',
		what: 'core dumps',
		paths: [
			'core.#',
			'/core',
			'/tmp/core',
			'/var/crash',
			'/var/lib/systemd/coredump',
			'/var/lib/apport/coredump',
		],
		leastFileBytes: 65_536,
		advice: 'A program crashed during the build. Find out why, and remove what it left.',
		command: REMOVE,
	},
	{
		code: 'temporary-files-left',
		what: 'temporary files',
		paths: ['/tmp', '/var/tmp'],
		advice:
			'Remove temporary files in the RUN that makes them, or mount a tmpfs there: RUN --mount=type=tmpfs,target=/tmp.',
		copied:
			'Mount it into the RUN that needs it, in place of copying it: RUN --mount=type=bind,source=NAME,target=/tmp/NAME.',
		command: 'rm -rf /tmp/* /var/tmp/*',
	},
	{
		code: 'logs-left',
		what: 'logs of the build',
		paths: ['/var/log'],
		advice: 'Remove logs in the RUN that writes them, but not their folders: programs may need those.',
		command: 'find /var/log -type f -delete',
	},
	{
		code: 'git-folder-left',
		what: 'the history of a Git repository',
		paths: ['.git'],
		advice:
			'Leave .git out of the image: it holds all that was ever committed. git clone --depth 1 fetches less of it.',
		command: REMOVE,
	},
	{
		code: 'editor-files-left',
		what: 'files of editors and desktops',
		paths: ['*.swp', '*.swo', '*~', '.DS_Store', '.idea', '.vscode', 'Thumbs.db', 'desktop.ini'],
		advice: 'Leave them out of what is copied.',
		command: null,
	},
	{
		code: 'source-maps-left',
		what: 'source maps',
		paths: [
			'*.js.map',
			'*.mjs.map',
			'*.cjs.map',
			'*.min.map',
			'*.css.map',
			'*.d.ts.map',
			'*.d.mts.map',
			'*.d.cts.map',
		],
		advice:
			'Build without source maps, or leave them out of the final image, unless stack traces are read with them.',
		command: null,
	},
	{
		code: 'test-data-left',
		what: 'tests of packages',
		paths: [
			'node_modules/*/test',
			'node_modules/*/tests',
			'node_modules/*/__tests__',
			'node_modules/@*/*/test',
			'node_modules/@*/*/tests',
			'node_modules/@*/*/__tests__',
			'dist-packages/*/tests',
			'dist-packages/*/*/tests',
			'dist-packages/*/*/*/tests',
			'site-packages/*/tests',
			'site-packages/*/*/tests',
			'site-packages/*/*/*/tests',
		],
		advice: 'Remove the tests of packages in the RUN that installs them, if nothing imports them.',
		command: null,
	},
	{
		code: 'documentation-left',
		what: 'documentation',
		paths: [
			'/usr/share/doc',
			'/usr/share/man',
			'/usr/share/info',
			'/usr/share/gtk-doc',
			'/usr/share/help',
			'/usr/local/share/doc',
			'/usr/local/share/man',
			'/usr/local/man',
		],
		keeps: ['copyright'],
		advice:
			'Minimal images leave documentation out: dpkg with path-exclude, dnf with --setopt=tsflags=nodocs, apk without -doc packages. Copyright files, which may have to stay, are not counted.',
		command: null,
	},
	{
		code: 'locales-left',
		what: 'translations of messages',
		paths: ['/usr/share/locale'],
		advice:
			'Minimal images leave translations out, such as by path-exclude in the settings of dpkg, if nobody reads messages in these languages.',
		command: null,
	},
];

/** All kinds. Where a path matches several, the first one counts. To add one, add a row, and one in docs/findings.md. */
export const leftoverRules: readonly LeftoverRule[] = [...cacheRules, ...otherRules];
