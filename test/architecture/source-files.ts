import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

/** A file under source/, with its path from there and what it imports. */
export interface SourceFile {
	readonly path: string;
	readonly lineCount: number;
	/** The text without comments, so that a word in a sentence is not taken for code. */
	readonly code: string;
	readonly imports: readonly Import[];
}

export interface Import {
	/** A path from source/ for our own files, else the name of the package. */
	readonly target: string;
	readonly own: boolean;
	readonly form: 'type' | 'static' | 'dynamic';
}

const root = new URL('../../source/', import.meta.url);

export function readSourceFiles(): readonly SourceFile[] {
	return readdirSync(root, { recursive: true, encoding: 'utf8' })
		.filter((path) => /\.tsx?$/.test(path))
		.sort()
		.map((path) => sourceFileOf(path, readFileSync(new URL(path, root), 'utf8')));
}

/** The file, as it would be with this text. */
export function sourceFileOf(path: string, text: string): SourceFile {
	const code = text.replaceAll(/^\s*\/\*[\s\S]*?\*\/|^\s*\/\/.*$|\s\/\/ .*$/gm, '');
	return { path, lineCount: text.trimEnd().split('\n').length, code, imports: importsOf(path, code) };
}

function importsOf(path: string, code: string): readonly Import[] {
	const found = (pattern: RegExp, form: (match: RegExpMatchArray) => Import['form']) =>
		[...code.matchAll(pattern)].map((match) => ({ specifier: match.at(-1) ?? '', form: form(match) }));
	const imports = [
		...found(/^(?:import|export)\s+(type\s)?[^'"();]*?\sfrom\s+['"]([^'"]+)['"]/gm, ([, type]) =>
			type ? 'type' : 'static',
		),
		...found(/^import\s+['"]([^'"]+)['"]/gm, () => 'static'),
		...found(/\bimport\(\s*['"]([^'"]+)['"]/g, () => 'dynamic'),
	];
	return imports.map(({ specifier, form }) => {
		const own = specifier.startsWith('.');
		return { own, form, target: own ? posix.join(posix.dirname(path), specifier) : specifier };
	});
}
