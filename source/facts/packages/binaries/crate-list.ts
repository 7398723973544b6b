import { inflateSync } from 'node:zlib';
import { FactError } from '../../fact-reader.ts';
import type { PackageRecord } from '../package-facts.ts';

const MOST_LIST_BYTES = 8 * 1024 * 1024;
const MOST_CRATES = 20_000;
const MOST_DEPENDENCIES = 200_000;
const LONGEST = 1000;

interface Crate {
	readonly name: string;
	readonly version: string;
	/** Not one that only helps to build, as a build script's. */
	readonly isLinked: boolean;
	readonly isRoot: boolean;
	/** Positions in the list. */
	readonly dependencies: readonly unknown[];
}

/** Whether something begins as zlib data does (RFC 1950, section 2.2). */
export function looksLikeCrateList(content: Uint8Array): boolean {
	return content.length > 8 && content[0] === 0x78 && ((content[0] << 8) | content[1]) % 31 === 0;
}

/**
 * The crates that a program is built from: the root has the file, others are compiled into it, and what only took part in the build is left
 * out. Null where the content is something else after all. Throws `FactError` for a list that is damaged or too long.
 */
export function cargoPackages(content: Uint8Array): readonly PackageRecord[] | null {
	const text = inflate(content);
	if (!text?.startsWith('{')) return null;
	const crates = parseCrates(text);
	let left = MOST_DEPENDENCIES;
	return crates.flatMap((crate) => {
		left -= crate.dependencies.length;
		if (left < 0) throw new FactError('its list of crates has too many dependencies');
		return crate.isLinked ? [recordOf(crate, crates)] : [];
	});
}

function recordOf(crate: Crate, crates: readonly Crate[]): PackageRecord {
	const needed = crate.dependencies
		.map((index) => (typeof index === 'number' ? crates[index] : undefined))
		.filter((other) => other?.isLinked === true)
		.map((other) => (other as Crate).name);
	return {
		type: 'cargo',
		name: crate.name,
		version: crate.version,
		architecture: null,
		source: null,
		dependsOn: [...new Set(needed)].map((name) => [name]),
		provides: [],
		claim: { kind: crate.isRoot ? 'file' : 'none' },
	};
}

function inflate(content: Uint8Array): string | null {
	try {
		return inflateSync(content, { maxOutputLength: MOST_LIST_BYTES }).toString('utf8');
	} catch (error) {
		if (error instanceof RangeError)
			throw new FactError(`its list of crates is longer than ${MOST_LIST_BYTES} bytes`);
		return null;
	}
}

function parseCrates(text: string): readonly Crate[] {
	const list = parseJson(text);
	const packages = isObject(list) ? list.packages : undefined;
	if (!Array.isArray(packages)) throw new FactError('its list of crates has no packages');
	if (packages.length > MOST_CRATES) throw new FactError(`its list has more than ${MOST_CRATES} crates`);
	return packages.map(crateOf);
}

function crateOf(item: unknown, index: number): Crate {
	const { name, version, kind, root, dependencies } = isObject(item) ? item : {};
	if (!isShort(name) || !isShort(version))
		throw new FactError(`crate ${index + 1} of its list has no name or version`);
	return {
		name,
		version,
		isLinked: kind === undefined || kind === 'runtime',
		isRoot: root === true,
		dependencies: Array.isArray(dependencies) ? dependencies : [],
	};
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw new FactError('its list of crates is not JSON');
	}
}

function isShort(value: unknown): value is string {
	return typeof value === 'string' && value !== '' && value.length <= LONGEST;
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}
