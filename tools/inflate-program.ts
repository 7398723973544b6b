import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { main } from 'assemblyscript/asc';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Compiles assembly/inflate; gives the file of source/ that holds the program, and what it has to say. */
export async function inflateProgramSource(): Promise<{ readonly path: string; readonly text: string }> {
	const program = Buffer.from(await compile('assembly/inflate/index.ts')).toString('base64');
	const text = `/** The compiled program of assembly/inflate, written by \`npm run build:inflate\`. */\nexport const deflateProgram =\n\t'${program}';\n`;
	return { path: `${root}source/tar/inflate/deflate-program.ts`, text };
}

async function compile(entry: string): Promise<Uint8Array> {
	const files = new Map<string, Uint8Array | string>();
	const options = [
		...['-O3', '--noAssert', '--converge', '--enable', 'simd', '--enable', 'bulk-memory'],
		// 8 pages of 64 KiB: the places in assembly/inflate/memory.ts end below.
		...['--runtime', 'stub', '--use', 'abort=', '--initialMemory', '8', '--maximumMemory', '8'],
	];
	const { error, stderr } = await main([entry, '--outFile', 'inflate.wasm', ...options], {
		readFile: (name) => readFile(`${root}${name}`, 'utf8').catch(() => null),
		writeFile: (name, contents) => {
			files.set(name, contents);
		},
		listFiles: () => [],
	});
	const program = files.get('inflate.wasm');
	if (error !== null || !(program instanceof Uint8Array))
		throw new Error(`asc: ${error?.message}\n${stderr}`);
	return program;
}
