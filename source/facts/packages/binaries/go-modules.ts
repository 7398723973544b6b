import { FactError } from '../../fact-reader.ts';
import type { Claim, PackageRecord } from '../package-facts.ts';
import type { GoBuildInfo } from './go-build-info.ts';

const LONGEST = 1000;
const MOST_MODULES = 20_000;

interface Module {
	readonly path: string;
	readonly version: string;
	/** The path by which others need it, where it stands for another module. */
	readonly insteadOf: string | null;
}

/**
 * The modules of a program: the main one, which has the file and needs all others, those that are compiled into it, and Go's own packages
 * as `stdlib`. A replaced module is the one that it was replaced by; a folder that replaces one has no version, so it stays under its name
 * as `(devel)`. A program without a main module has the path of its package instead.
 */
export function goModules({ goVersion, modules }: GoBuildInfo): readonly PackageRecord[] {
	const { main, needed } = parseModules(modules);
	const standard = { path: 'stdlib', version: standardVersion(goVersion), insteadOf: null };
	const others = [...needed, standard];
	const records = others.map((module) => recordOf(module, [], { kind: 'none' }));
	if (!main) return records;
	const dependsOn = others.map(({ path }) => [path]);
	return [recordOf(main, dependsOn, { kind: 'file' }), ...records];
}

/** `go1.26.1 X:experiment` is 1.26.1, and `devel go1.27-0a1b2c3 date` is 1.27-0a1b2c3. */
function standardVersion(goVersion: string): string {
	return goVersion.replace(/^(?:devel )?(?:go)?/, '').split(' ', 1)[0];
}

/** Lines of fields with tabs between them: `path`, `mod`, `dep`, `=>` for what replaces the one before, `build` (Go, runtime/debug). */
function parseModules(lines: string): { readonly main: Module | null; readonly needed: readonly Module[] } {
	let main: Module | null = null;
	const needed: Module[] = [];
	let last: 'main' | 'needed' | null = null;
	for (const line of lines.split('\n')) {
		const [kind, path = '', version = ''] = line.split('\t', 3);
		const module = moduleOf(path, version);
		if (kind === 'path') main = moduleOf(path, '(devel)');
		else if (kind === 'mod') main = module ?? main;
		else if (kind === 'dep' && module) addModule(needed, module);
		else if (kind === '=>' && last === 'main' && main) main = replaced(main, path, version);
		else if (kind === '=>' && last === 'needed') needed.push(replaced(needed.pop() as Module, path, version));
		last = module === null ? null : kind === 'mod' ? 'main' : kind === 'dep' ? 'needed' : null;
	}
	return { main, needed };
}

function addModule(modules: Module[], module: Module): void {
	if (modules.length === MOST_MODULES) throw new FactError(`it has more than ${MOST_MODULES} Go modules`);
	modules.push(module);
}

function moduleOf(path: string, version: string): Module | null {
	const isFine = path !== '' && path.length <= LONGEST && version.length <= LONGEST;
	return isFine ? { path, version, insteadOf: null } : null;
}

function replaced(module: Module, path: string, version: string): Module {
	const isFolder = version === '' || version === '(devel)';
	if (isFolder) return { ...module, version: '(devel)' };
	const by = moduleOf(path, version);
	return by ? { ...by, insteadOf: by.path === module.path ? null : module.path } : module;
}

function recordOf(
	{ path, version, insteadOf }: Module,
	dependsOn: PackageRecord['dependsOn'],
	claim: Claim,
): PackageRecord {
	return {
		type: 'golang',
		name: path,
		version,
		architecture: null,
		source: null,
		dependsOn,
		provides: insteadOf === null ? [] : [insteadOf],
		claim,
	};
}
