import { FactError } from '../../fact-reader.ts';
import type { NpmProject, PackageRecord } from '../package-facts.ts';

/** npm allows names of 214 characters and versions of 256. */
const LONGEST = 1000;
const MOST_DEPENDENCIES = 10_000;

/**
 * The package that a `package.json` in its folder describes; null where it has no name or no version, so that npm lists none either.
 * What it depends on is what npm would install with it, also where that is optional. Throws `FactError` for what is no object.
 */
export function npmPackage(manifest: unknown, folder: string): PackageRecord | null {
	if (!isObject(manifest)) throw new FactError('it is not a JSON object');
	const name = shortText(manifest.name);
	const version = shortText(manifest.version);
	if (name === null || version === null) return null;
	const installedAs = nameOfFolder(folder);
	const peers = namesIn([manifest.peerDependencies]);
	return {
		type: 'npm',
		name,
		version,
		architecture: null,
		source: null,
		dependsOn: dependenciesOf(manifest),
		...(peers.length > 0 && { peers }),
		// An alias: `npm install other@npm:name`. Those that need it call it `other`.
		provides: installedAs === name ? [] : [installedAs],
		claim: { kind: 'folder', path: folder },
	};
}

/** What an application's `package.json` asks for; null where that is nothing. Throws `FactError`. */
export function npmProject(manifest: unknown, folder: string): NpmProject | null {
	if (!isObject(manifest)) throw new FactError('it is not a JSON object');
	const { dependencies, optionalDependencies, peerDependencies, devDependencies } = manifest;
	const needs = namesIn([dependencies, optionalDependencies, peerDependencies]);
	const devNeeds = namesIn([devDependencies]);
	return needs.length + devNeeds.length === 0 ? null : { kind: 'npm-project', folder, needs, devNeeds };
}

function dependenciesOf({
	dependencies,
	optionalDependencies,
}: Record<string, unknown>): readonly (readonly string[])[] {
	return namesIn([dependencies, optionalDependencies]).map((name) => [name]);
}

function namesIn(groups: readonly unknown[]): readonly string[] {
	const names = new Set<string>();
	for (const group of groups) {
		if (!isObject(group)) continue;
		for (const name of Object.keys(group)) {
			if (name === '' || name.length > LONGEST) continue;
			if (names.size === MOST_DEPENDENCIES)
				throw new FactError(`it has more than ${MOST_DEPENDENCIES} dependencies`);
			names.add(name);
		}
	}
	return [...names];
}

/** With its scope. The path has one character a byte. */
function nameOfFolder(folder: string): string {
	const parts = folder.split('/');
	const scope = parts.at(-2);
	const name = scope?.startsWith('@') ? `${scope}/${parts.at(-1)}` : (parts.at(-1) ?? '');
	return Buffer.from(name, 'latin1').toString('utf8');
}

function shortText(value: unknown): string | null {
	return typeof value === 'string' && value !== '' && value.length <= LONGEST ? value : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
