import { readFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';

/** What most runs load, whatever they do. */
const everyday: readonly string[] = [
	'source/commands/ci.ts',
	'source/commands/report.ts',
	'source/commands/explore-or-summary.ts',
	'source/cache/disk-cache.ts',
];

/**
 * Files are divided by who needs them, and with many that are loaded on demand that gives forty small ones, each of which costs a
 * quarter of a millisecond at every start. With this all modules that the everyday commands need lie together: whatever is loaded on demand
 * imports all of them. Those that are entry points by name, the program and its worker, go on loading what they need.
 */
export async function everydayChunk(options: BuildOptions): Promise<Plugin> {
	const { metafile } = await build({ ...options, write: false, metafile: true });
	const modules = everydayModules(metafile);
	const onDemand = entryPointsOf(metafile).filter((entry) => isOurs(entry) && !isNamed(entry, options));
	const both = onDemand.filter((entry) => modules.some((module) => imports(metafile, module, entry)));
	// It would import itself by way of the others, and be used before it is there.
	if (both.length > 0)
		throw new Error(`${both} is loaded on demand, and by a statement in what it would load.`);
	return {
		name: 'everyday-chunk',
		setup({ onLoad, onResolve }) {
			onResolve({ filter: /^everyday-modules$/ }, ({ path }) => ({ path, namespace: 'everyday' }));
			onLoad({ filter: /.*/, namespace: 'everyday' }, () => ({
				contents: modules.map((module) => `import ${JSON.stringify(`./${module}`)};`).join('\n'),
				resolveDir: '.',
			}));
			onLoad({ filter: /\.tsx?$/ }, async ({ path }) => {
				if (!onDemand.includes(relative('.', path).replaceAll('\\', '/'))) return null;
				const text = await readFile(path, 'utf8');
				return {
					contents: `import 'everyday-modules';${text}`,
					loader: path.endsWith('x') ? 'tsx' : 'ts',
				};
			});
		},
	};
}

/** Our modules in the files that the everyday entry points load with `import` statements. */
function everydayModules({ outputs }: Metafile): readonly string[] {
	const open = Object.keys(outputs).filter((file) => everyday.includes(outputs[file].entryPoint ?? ''));
	if (open.length !== everyday.length) throw new Error(`Not all of these are loaded on demand: ${everyday}.`);
	const loaded = new Set<string>();
	for (let file = open.pop(); file !== undefined; file = open.pop()) {
		if (loaded.has(file)) continue;
		loaded.add(file);
		const statements = outputs[file].imports.filter(({ kind }) => kind === 'import-statement');
		open.push(...statements.map(({ path }) => path).filter((path) => path in outputs));
	}
	const modules = [...loaded].flatMap((file) => Object.keys(outputs[file].inputs));
	return [...new Set(modules)].filter((module) => isOurs(module) && !everyday.includes(module)).sort();
}

function imports({ inputs }: Metafile, module: string, other: string): boolean {
	return inputs[module].imports.some(({ kind, path }) => kind === 'import-statement' && path === other);
}

function entryPointsOf({ outputs }: Metafile): readonly string[] {
	return Object.values(outputs).flatMap(({ entryPoint }) => entryPoint ?? []);
}

function isNamed(entry: string, { entryPoints }: BuildOptions): boolean {
	return (
		Array.isArray(entryPoints) &&
		entryPoints.some((named) => typeof named === 'string' && resolve(named) === resolve(entry))
	);
}

function isOurs(module: string): boolean {
	return module.startsWith('source/');
}
