import { chmodSync, rmSync } from 'node:fs';
import { build, type Plugin } from 'esbuild';

// A start that opens 230 small files takes twice as long as one that opens five, and of zod most is never used. So what every run
// loads is bundled; what few runs need, such as React, stays where npm installs it.
const external = [
	'ink',
	'react',
	'react/jsx-runtime',
	'yaml',
	'xz-decompress',
	'unbzip2-stream',
	'string-width',
	'cli-truncate',
];

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
	legalComments: 'linked',
});
chmodSync('distribution/cli.js', 0o755);
