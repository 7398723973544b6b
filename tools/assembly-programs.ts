// assemblyscript declares a console with fewer methods, which would otherwise be found first.
/// <reference types="node" />
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { main } from 'assemblyscript/asc';
import { assemblyTypeFlags } from './assembly-type-flags.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

interface AssemblyProgram {
	/** The folder of assembly/. */
	readonly folder: string;
	/** The file of source/ that holds the program, and what it is called there. */
	readonly file: string;
	readonly name: string;
	/** Pages of 64 KiB that the addresses of its memory.ts need. */
	readonly pages: number;
}

const programs: readonly AssemblyProgram[] = [
	{ folder: 'inflate', file: 'tar/inflate/deflate-program.ts', name: 'deflateProgram', pages: 8 },
	{ folder: 'headers', file: 'tar/headers/headers-program.ts', name: 'headersProgram', pages: 5 },
	{ folder: 'prefixes', file: 'facts/secrets/prefixes/prefix-program.ts', name: 'prefixProgram', pages: 18 },
];

const TYPE_FLAGS = 'assembly/headers/type-flags.ts';

interface WrittenFile {
	readonly path: string;
	readonly text: string;
}

/** Compiles what is in assembly/. Gives the files to write: the compiled programs, and the source that is made of a table of source/tar. */
export async function assemblyProgramSources(): Promise<readonly WrittenFile[]> {
	const typeFlags = assemblyTypeFlags();
	const compiled = await Promise.all(
		programs.map(async (program) => {
			const bytes = Buffer.from(await compile(program, typeFlags)).toString('base64');
			const text = `/** The compiled program of assembly/${program.folder}, written by \`npm run build:assembly\`. */\nexport const ${program.name} =\n\t'${bytes}';\n`;
			return { path: `${root}source/${program.file}`, text };
		}),
	);
	return [...compiled, { path: `${root}${TYPE_FLAGS}`, text: typeFlags }];
}

async function compile({ folder, pages }: AssemblyProgram, typeFlags: string): Promise<Uint8Array> {
	const files = new Map<string, Uint8Array | string>();
	const options = [
		...[
			'-O3',
			'--noAssert',
			'--converge',
			'--enable',
			'simd',
			'--enable',
			'relaxed-simd',
			'--enable',
			'bulk-memory',
		],
		...['--runtime', 'stub', '--use', 'abort='],
		...['--initialMemory', String(pages), '--maximumMemory', String(pages)],
	];
	const entry = `assembly/${folder}/index.ts`;
	const { error, stderr } = await main([entry, '--outFile', 'program.wasm', ...options], {
		readFile: (name) =>
			name === TYPE_FLAGS ? typeFlags : readFile(`${root}${name}`, 'utf8').catch(() => null),
		writeFile: (name, contents) => {
			files.set(name, contents);
		},
		listFiles: () => [],
	});
	const program = files.get('program.wasm');
	if (error !== null || !(program instanceof Uint8Array))
		throw new Error(`asc: ${error?.message}\n${stderr}`);
	return program;
}
