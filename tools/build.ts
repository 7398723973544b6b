import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { everydayChunk } from './everyday-chunk.ts';
import { thirdPartyLicences } from './licences.ts';

// A start that opens 230 small files takes twice as long as one that opens five, and most of zod and React is never used. So the program
// is bundled with all its packages, and what few runs need is in files that are loaded on demand.

/** Some of the bundled packages are CommonJS and require modules of Node. */
const requireForModules =
	"import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

const shared = {
	outdir: 'distribution',
	platform: 'node',
	format: 'esm',
	target: 'node22',
	logLevel: 'warning',
} as const;

/** The bin loads the program only once it has checked the version of Node, so it is built separately. */
const loadProgram: Plugin = {
	name: 'load-program',
	setup({ onResolve }) {
		onResolve({ filter: /^\.\/main\.ts$/ }, () => ({ path: './main.js', external: true }));
	},
};

/** The parts of packages that were changed: the build fails when another version of a package has one of them elsewhere. */
const changed = new Set<string>();

/** Leaves out the parts of packages that cost time at every start and are of no use here. */
const leaveOut: Plugin = {
	name: 'leave-out',
	setup({ onLoad }) {
		// Ink connects to React's developer tools where they are installed; here they never are.
		onLoad({ filter: /[\\/]ink[\\/]build[\\/]devtools\.js$/ }, () => {
			changed.add("Ink's developer tools");
			return { contents: '' };
		});
		// Yoga decodes its WebAssembly by fetching a data URL, and the first fetch loads all of Node's HTTP client.
		onLoad({ filter: /[\\/]yoga-wasm-base64-esm\.js$/ }, async ({ path }) => {
			changed.add('the loader of Yoga');
			return { contents: `const fetch = undefined;${await readFile(path, 'utf8')}` };
		});
		// meow checks the licence in the package.json that it is given against a list of all licences. Ours is known to be right.
		onLoad({ filter: /[\\/]meow[\\/]build[\\/]dependencies\.js$/ }, async ({ path }) => {
			const text = await readFile(path, 'utf8');
			const unlicensed = text.replace('= requireNormalize()', '= () => {}');
			if (unlicensed !== text) changed.add('the licences of meow');
			// A package in it would start programs, in parts that are not used, and what starts programs takes Node milliseconds to load.
			const contents = unlicensed.replace(
				"import { execFile } from 'node:child_process';",
				'const execFile = () => {};',
			);
			if (contents !== unlicensed) changed.add('the programs of meow');
			return { contents };
		});
	},
};

/** Parts of Ink that do more than the screen needs, and the code that takes their place. */
const standIns: Readonly<Record<string, string>> = {
	'./output.js': "export { LineOutput as default } from './source/tui/view/lines/line-output.ts';",
	'./line-update.js': "export { lineUpdate as default } from './source/tui/view/lines/line-update.ts';",
};

const replaceInInk: Plugin = {
	name: 'replace-in-ink',
	setup({ onLoad, onResolve }) {
		onResolve({ filter: /^\.\/(?:output|line-update)\.js$/ }, ({ path, resolveDir }) =>
			/[\\/]ink[\\/]build$/.test(resolveDir) ? { path, namespace: 'stand-in' } : null,
		);
		onLoad({ filter: /.*/, namespace: 'stand-in' }, ({ path }) => {
			changed.add(path);
			return { contents: standIns[path], resolveDir: '.' };
		});
	},
};

rmSync('distribution', { recursive: true, force: true });
await build({
	...shared,
	target: 'es2020',
	entryPoints: ['source/cli.ts'],
	bundle: true,
	plugins: [loadProgram],
});
const program = {
	...shared,
	entryPoints: [
		'source/main.ts',
		'source/sources/workers/layer-worker.ts',
		'source/commands/explorer/files/colouring-worker.ts',
		'source/text/wide-text.ts',
		'source/tui/model/screens/palette/fuzzy.ts',
		'source/tar/compression/rare-decoders.ts',
	],
	entryNames: '[name]',
	chunkNames: '[name]-[hash]',
	bundle: true,
	splitting: true,
	minifySyntax: true,
	define: { 'process.env.NODE_ENV': '"production"' },
	banner: { js: requireForModules },
	plugins: [leaveOut, replaceInInk],
	legalComments: 'linked',
} satisfies BuildOptions;
const { metafile } = await build({
	...program,
	metafile: true,
	plugins: [...program.plugins, await everydayChunk(program)],
});
writeFileSync('distribution/third-party-licences.txt', thirdPartyLicences(metafile));
const expected = [
	"Ink's developer tools",
	'the loader of Yoga',
	'the licences of meow',
	'the programs of meow',
	...Object.keys(standIns),
];
const missing = expected.filter((part) => !changed.has(part));
if (missing.length > 0)
	throw new Error(`The packages no longer have these parts where they were: ${missing.join(', ')}.`);
chmodSync('distribution/cli.js', 0o755);
