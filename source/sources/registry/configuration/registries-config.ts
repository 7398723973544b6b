import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../../errors.ts';
import type { Host } from '../../host.ts';
import { readRegularFile } from '../../regular-file.ts';
import type { RegistriesFile, RegistryRule, ShortNameMode } from './registries-file.ts';

/** What all files say together about registries and short names. */
export interface RegistriesConfig {
	readonly rules: readonly RegistryRule[];
	/** The registries in which to look for a short name, in this order; null where no file says so. */
	readonly search: Search | null;
	readonly shortNameMode: ShortNameMode;
	readonly aliases: ReadonlyMap<string, Alias>;
	/** One sentence for each file that cannot be used. */
	readonly problems: readonly string[];
}

export interface Search {
	readonly registries: readonly string[];
	/** The file that says so. */
	readonly origin: string;
}

export interface Alias {
	/** null: the name has no alias. */
	readonly name: string | null;
	readonly origin: string;
}

const SYSTEM_FOLDER = '/etc/containers';

/**
 * Reads the files that Podman, Buildah and Skopeo share (containers-registries.conf(5), containers-registries.conf.d(5)): the main file,
 * then the drop-in files, then the aliases that Podman has recorded. What is read later counts. A file that cannot be used is left out,
 * and named in `problems`.
 */
export async function readRegistriesConfig(
	host: Host,
	systemFolder = SYSTEM_FOLDER,
): Promise<RegistriesConfig> {
	const problems: string[] = [];
	const files: ReadFile[] = [];
	for (const place of placesOf(host, systemFolder)) {
		const file = await read(place, problems);
		if (file !== null) files.push({ ...file, path: place.path });
	}
	return { ...merge(files), problems };
}

interface Place {
	readonly path: string;
	/** The environment names the file, so it has to be there. */
	readonly isNamed?: boolean;
	/** A drop-in file must have version 2 of the format. */
	readonly isDropIn?: boolean;
}

interface ReadFile extends RegistriesFile {
	readonly path: string;
}

/** In the order in which they are read. With a file of the user's own, those of the system are not read. */
function placesOf({ environment, homeFolder, userId }: Host, systemFolder: string): readonly Place[] {
	const named = environment.CONTAINERS_REGISTRIES_CONF || null;
	const userFolder = join(homeFolder, '.config', 'containers');
	const own = join(userFolder, 'registries.conf');
	const isOwn = named === null && existsSync(own);
	const main = named ?? (isOwn ? own : join(systemFolder, 'registries.conf'));
	const cacheFolder = userId === 0 ? '/var/cache' : environment.XDG_CACHE_HOME || join(homeFolder, '.cache');
	return [
		{ path: main, isNamed: named !== null },
		...(isOwn ? [] : dropIns(join(systemFolder, 'registries.conf.d'))),
		...dropIns(join(userFolder, 'registries.conf.d')),
		{ path: join(cacheFolder, 'containers', 'short-name-aliases.conf') },
	];
}

function dropIns(folder: string): readonly Place[] {
	try {
		const names = readdirSync(folder).filter((name) => name.endsWith('.conf'));
		return names.sort().map((name) => ({ path: join(folder, name), isDropIn: true }));
	} catch {
		return [];
	}
}

/** Null where there is no such file, or one that cannot be used. */
async function read(place: Place, problems: string[]): Promise<RegistriesFile | null> {
	const { path } = place;
	try {
		const text = readRegularFile(path);
		// Most users have no such file, and do not wait for the parser.
		const { parseRegistriesFile } = await import('./registries-file.ts');
		return parseRegistriesFile(text, path, place.isDropIn ? 'version-2' : 'any-version');
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? error.code : null;
		if (!place.isNamed && (code === 'ENOENT' || code === 'ENOTDIR')) return null;
		const isSystemCode = typeof code === 'string' && code !== 'ENOTREG';
		const reason = isSystemCode ? `it cannot be read (${code})` : firstLine(messageOf(error));
		problems.push(`${path} is ignored: ${reason}.`);
		return null;
	}
}

/** The parser's message goes on with the lines around the error. */
function firstLine(message: string): string {
	return message.split('\n', 1)[0].replace(/\.$/, '');
}

function merge(files: readonly ReadFile[]): Omit<RegistriesConfig, 'problems'> {
	const rules = new Map(files.flatMap((file) => file.rules.map((rule) => [rule.prefix, rule] as const)));
	const aliases = new Map(
		files.flatMap(({ aliases: own, path }) =>
			[...own].map(([short, name]) => [short, { name, origin: path }] as const),
		),
	);
	const searching = files.findLast(({ search }) => search !== null);
	return {
		rules: [...rules.values()],
		search: searching?.search ? { registries: searching.search, origin: searching.path } : null,
		shortNameMode:
			files.findLast(({ shortNameMode }) => shortNameMode !== null)?.shortNameMode ?? 'permissive',
		aliases,
	};
}
