import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { main } from 'assemblyscript/asc';

const root = fileURLToPath(new URL('..', import.meta.url));

interface AssemblyProgram {
	/** The folder of assembly/. */
	readonly folder: string;
	/** The file of source/tar that holds the program, and what it is called there. */
	readonly file: string;
	readonly name: string;
	/** Pages of 64 KiB that the places of its memory.ts end below. */
	readonly pages: number;
}

const programs: readonly AssemblyProgram[] = [
	{ folder: 'inflate', file: 'inflate/deflate-program.ts', name: 'deflateProgram', pages: 8 },
	{ folder: 'headers', file: 'headers/headers-program.ts', name: 'headersProgram', pages: 5 },
];

/** Compiles what is in assembly/; gives the files of source/ that hold the programs, and what they have to say. */
export function assemblyProgramSources(): Promise<
	readonly { readonly path: string; readonly text: string }[]
> {
	return Promise.all(
		programs.map(async (program) => {
			const compiled = Buffer.from(await compile(program)).toString('base64');
			const text = `/** The compiled program of assembly/${program.folder}, written by \`npm run build:assembly\`. */\nexport const ${program.name} =\n\t'${compiled}';\n`;
			return { path: `${root}source/tar/${program.file}`, text };
		}),
	);
}

async function compile({ folder, pages }: AssemblyProgram): Promise<Uint8Array> {
	const files = new Map<string, Uint8Array | string>();
	const options = [
		...['-O3', '--noAssert', '--converge', '--enable', 'simd', '--enable', 'bulk-memory'],
		...['--runtime', 'stub', '--use', 'abort='],
		...['--initialMemory', String(pages), '--maximumMemory', String(pages)],
	];
	const entry = `assembly/${folder}/index.ts`;
	const { error, stderr } = await main([entry, '--outFile', 'program.wasm', ...options], {
		readFile: (name) => readFile(`${root}${name}`, 'utf8').catch(() => null),
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
