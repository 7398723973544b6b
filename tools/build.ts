import { chmodSync, rmSync } from 'node:fs';
import { build, type Plugin } from 'esbuild';

// A start that opens 230 small files takes twice as long as one that opens five, and of zod and React most is never used. So all
// that is loaded while somebody waits is bundled; what few runs need stays where npm installs it.
const external = ['yaml', 'xz-decompress', 'unbzip2-stream'];

/** Of the bundled packages some are CommonJS and ask for modules of Node. */
const requireForModules =
	"import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

const shared = {
	outdir: 'distribution',
	platform: 'node',
	format: 'esm',
	target: 'node22',
	sourcemap: true,
	logLevel: 'warning',
} as const;

/** The bin loads the program only once the Node version is known to do, so it is built apart. */
const loadProgram: Plugin = {
	name: 'load-program',
	setup({ onResolve }) {
		onResolve({ filter: /^\.\/main\.ts$/ }, () => ({ path: './main.js', external: true }));
	},
};

/** Ink connects to React's developer tools where they are installed, which they never are here. */
const leaveOutDevtools: Plugin = {
	name: 'leave-out-devtools',
	setup({ onLoad }) {
		onLoad({ filter: /[\\/]ink[\\/]build[\\/]devtools\.js$/ }, () => ({ contents: '' }));
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
await build({
	...shared,
	entryPoints: ['source/main.ts', 'source/sources/layer-worker.ts'],
	entryNames: '[name]',
	chunkNames: '[name]-[hash]',
	bundle: true,
	splitting: true,
	external,
	minifySyntax: true,
	define: { 'process.env.NODE_ENV': '"production"' },
	banner: { js: requireForModules },
	plugins: [leaveOutDevtools],
	legalComments: 'linked',
});
chmodSync('distribution/cli.js', 0o755);
