import { readFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';

/** The modules that most runs load, whatever they do. */
const everyday: readonly string[] = [
	'source/commands/ci.ts',
	'source/commands/report.ts',
	'source/commands/explore-or-summary.ts',
	'source/cache/disk-cache.ts',
	'source/analysis/findings/find-findings.ts',
];

/**
 * esbuild divides code into files by which entry points need it. With many modules that are loaded on demand that gives forty small files,
 * each of which costs a quarter of a millisecond at every start. This plugin keeps all modules that the everyday commands need in one file,
 * by making every module that is loaded on demand import all of them. Entry points by name, such as the worker, load only what they need.
 */
export async function everydayChunk(options: BuildOptions): Promise<Plugin> {
	const { metafile } = await build({ ...options, write: false, metafile: true });
	const modules = everydayModules(metafile);
	const onDemand = entryPointsOf(metafile).filter((entry) => isOurs(entry) && !isNamed(entry, options));
	const both = onDemand.filter((entry) => modules.some((module) => imports(metafile, module, entry)));
	// Such a module would import itself through the others, and be used before it is defined.
	if (both.length > 0)
		throw new Error(`${both} is loaded on demand, and also imported by a statement in an everyday module.`);
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

/** Our modules in the files that the everyday entry points load by `import` statements. */
function everydayModules({ outputs }: Metafile): readonly string[] {
	const open = Object.keys(outputs).filter((file) => everyday.includes(outputs[file].entryPoint ?? ''));
	if (open.length !== everyday.length)
		throw new Error(`Some of these modules are not loaded on demand: ${everyday}.`);
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
