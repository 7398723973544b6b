import { FactError, type FactReader, type FactSink, type LayerFile } from '../../fact-reader.ts';
import { gatherFile } from '../../whole-file.ts';
import type { PackageFact } from '../package-facts.ts';
import { npmPackage, npmProject } from './package-json.ts';

const FILE = '/package.json';
const FOLDER = 'node_modules';
/** The largest of a hundred thousand published packages are well below. */
const MOST_BYTES = 4 * 1024 * 1024;

/**
 * npm packages by the `package.json` that lies directly in the folder of each, as npm, Yarn, pnpm and Bun install them. Others in a package
 * are of its build, such as `dist/package.json`. One outside of `node_modules` is of no package: an application's own says what is installed for
 * its development alone. Where that cannot be read, it is no application's, such as a template.
 */
export const npmReader: FactReader<PackageFact> = {
	name: 'npm',
	fileNames: ['package.json'],
	open(file) {
		const folder = packageFolder(file.path);
		if (folder === null) return openProject(file);
		return gatherFile<PackageFact>(file, {
			mostBytes: MOST_BYTES,
			parse: (content) => {
				const found = npmPackage(parseJson(content), folder);
				return found && { kind: 'packages', packages: [found] };
			},
		});
	},
};

function openProject(file: LayerFile): FactSink<PackageFact> | null {
	const { path, bytes } = file;
	if (bytes > MOST_BYTES || !(path === FILE.slice(1) || path.endsWith(FILE))) return null;
	if (`/${path}`.includes(`/${FOLDER}/`)) return null;
	const folder = path.slice(0, -FILE.length);
	return gatherFile<PackageFact>(file, {
		mostBytes: MOST_BYTES,
		parse: (content) => {
			try {
				return npmProject(parseJson(content), folder);
			} catch (error) {
				if (error instanceof FactError) return null;
				throw error;
			}
		},
	});
}

/** The folder of a package, of which the path is the package's own `package.json`; null for any other path. */
function packageFolder(path: string): string | null {
	if (!path.endsWith(FILE)) return null;
	const folder = path.slice(0, -FILE.length);
	const [scope, name] = folder.slice(folder.lastIndexOf('/', folder.lastIndexOf('/') - 1) + 1).split('/');
	if (name === undefined) return null;
	if (scope === FOLDER) return isName(name) ? folder : null;
	const isScoped = scope.length > 1 && scope.startsWith('@') && isName(name);
	const above = folder.slice(0, -`/${scope}/${name}`.length);
	return isScoped && (above === FOLDER || above.endsWith(`/${FOLDER}`)) ? folder : null;
}

/** Not `.cache`, `.pnpm` and the like, nor the folder of a scope. */
function isName(name: string): boolean {
	return name !== '' && !name.startsWith('.') && !name.startsWith('@');
}

const utf8 = new TextDecoder();

/** The decoder leaves out a byte order mark, as npm does. */
function parseJson(content: Uint8Array): unknown {
	try {
		return JSON.parse(utf8.decode(content));
	} catch {
		throw new FactError('it is not JSON');
	}
}
