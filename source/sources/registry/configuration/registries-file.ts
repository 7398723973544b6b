import { parse } from 'smol-toml';
import { isObject } from '../../../image/json.ts';
import { registryOf } from '../../../image/reference.ts';

/** A place to ask for images: a registry, or a path in one. */
export interface Endpoint {
	/** Replaces the prefix of the name; empty: the name stays as it is. */
	readonly location: string;
	/** Whether plain HTTP and untrusted certificates are allowed. */
	readonly insecure: boolean;
}

export interface Mirror extends Endpoint {
	/** The references for which the mirror is asked. */
	readonly pulls: 'all' | 'digest-only' | 'tag-only';
}

/** What applies to the names that begin with a prefix. */
export interface RegistryRule extends Endpoint {
	/** `HOST[:PORT][/PATH]`, or `*.DOMAIN` for all hosts below a domain. */
	readonly prefix: string;
	/** In the order in which to ask them, before the location. */
	readonly mirrors: readonly Mirror[];
	readonly blocked: boolean;
	/** The file that says so. */
	readonly origin: string;
}

export type ShortNameMode = 'enforcing' | 'permissive' | 'disabled';

/** What one file says. A setting that is null is not in the file. */
export interface RegistriesFile {
	/** One rule for each prefix. */
	readonly rules: readonly RegistryRule[];
	readonly search: readonly string[] | null;
	readonly shortNameMode: ShortNameMode | null;
	/** The full name for each short name; null: the name has no alias any more. */
	readonly aliases: ReadonlyMap<string, string | null>;
}

type Table = Readonly<Record<string, unknown>>;

/**
 * Parses a file of containers-registries.conf(5), version 2 or 1. Throws an error with the reason for a file that the tools that share it
 * do not accept either.
 */
export function parseRegistriesFile(
	text: string,
	path: string,
	accepted: 'any-version' | 'version-2',
): RegistriesFile {
	const document: Table = parse(text);
	if (isObject(document.registries) && Object.keys(document.registries).length > 0) {
		if (accepted === 'version-2') throw new Error('it has version 1 of the format');
		return parseVersion1(document, path);
	}
	const tables = listOf(document.registry, 'registry');
	const rules = tables.map((table, index) => parseRule(table, `registry ${index + 1}`, path));
	requireConsistent(rules);
	return {
		rules: firstOfEachPrefix(rules),
		search: parseSearch(document['unqualified-search-registries'], 'unqualified-search-registries'),
		shortNameMode: parseMode(document['short-name-mode']),
		aliases: parseAliases(document.aliases),
	};
}

/** The older format has three lists of registries. */
function parseVersion1(document: Table, path: string): RegistriesFile {
	if (['registry', 'unqualified-search-registries', 'aliases'].some((key) => document[key] !== undefined))
		throw new Error('versions 1 and 2 of the format are mixed');
	const lists = tableOf(document.registries, 'registries');
	const listed = (name: string): readonly string[] | null => {
		const { registries } = tableOf(lists[name] ?? {}, `registries.${name}`);
		return registries === undefined ? null : textsOf(registries, `registries.${name}.registries`);
	};
	const blocked = (listed('block') ?? []).map(locationOf);
	const insecure = (listed('insecure') ?? []).map(locationOf);
	const rules = [...new Set([...blocked, ...insecure])].map((location) => ({
		prefix: location,
		location,
		insecure: insecure.includes(location),
		blocked: blocked.includes(location),
		mirrors: [],
		origin: path,
	}));
	const search = parseSearch(listed('search') ?? undefined, 'registries.search.registries');
	return { rules, search, shortNameMode: null, aliases: new Map() };
}

function parseRule(value: unknown, where: string, origin: string): RegistryRule {
	const table = tableOf(value, where);
	const location = locationOf(textOf(table.location, `${where}: location`));
	const prefix = locationOf(textOf(table.prefix, `${where}: prefix`)) || location;
	if (prefix === '') throw new Error(`${where} has no prefix and no location`);
	if (location === '' && !prefix.startsWith('*.')) throw new Error(`${where} has no location`);
	if (prefix.startsWith('*.') && /[/@:]/.test(prefix))
		throw new Error(`${where}: the prefix ${prefix} is not of the form *.example.com`);
	const byDigestOnly = flagOf(table['mirror-by-digest-only'], `${where}: mirror-by-digest-only`);
	const mirrors = listOf(table.mirror, `${where}: mirror`).map((mirror) =>
		parseMirror(mirror, `${where}: mirror`, byDigestOnly),
	);
	const insecure = flagOf(table.insecure, `${where}: insecure`);
	return { prefix, location, insecure, blocked: flagOf(table.blocked, `${where}: blocked`), mirrors, origin };
}

function parseMirror(value: unknown, where: string, byDigestOnly: boolean): Mirror {
	const table = tableOf(value, where);
	const location = locationOf(textOf(table.location, `${where}: location`));
	if (location === '') throw new Error(`${where} has no location`);
	const insecure = flagOf(table.insecure, `${where}: insecure`);
	const written = textOf(table['pull-from-mirror'], `${where}: pull-from-mirror`);
	if (byDigestOnly) {
		if (written !== '') throw new Error(`${where}: pull-from-mirror and mirror-by-digest-only are both set`);
		return { location, insecure, pulls: 'digest-only' };
	}
	const pulls = (['all', 'digest-only', 'tag-only'] as const).find((each) => each === (written || 'all'));
	if (pulls === undefined) throw new Error(`${where}: pull-from-mirror is ${written}`);
	return { location, insecure, pulls };
}

function requireConsistent(rules: readonly RegistryRule[]): void {
	for (const rule of rules) {
		const place = (each: RegistryRule): string => each.location || each.prefix;
		const other = rules.find((each) => place(each) === place(rule)) ?? rule;
		if (other.insecure !== rule.insecure || other.blocked !== rule.blocked)
			throw new Error(`${place(rule)} is there twice and differs in insecure or blocked`);
	}
}

function firstOfEachPrefix(rules: readonly RegistryRule[]): readonly RegistryRule[] {
	return rules.filter(({ prefix }, index) => rules.findIndex((rule) => rule.prefix === prefix) === index);
}

function parseSearch(value: unknown, where: string): readonly string[] | null {
	if (value === undefined) return null;
	const registries = textsOf(value, where).map(locationOf);
	const wrong = registries.find(
		(registry) => !/^[\w.-]+(?::\d+)?$|^\[[\da-fA-F:]+\](?::\d+)?$/.test(registry),
	);
	if (wrong !== undefined) throw new Error(`${where}: "${wrong}" is not a registry`);
	return registries;
}

function parseMode(value: unknown): ShortNameMode | null {
	const written = textOf(value, 'short-name-mode');
	if (written === '') return null;
	const mode = (['enforcing', 'permissive', 'disabled'] as const).find((each) => each === written);
	if (mode === undefined) throw new Error(`short-name-mode is ${written}`);
	return mode;
}

function parseAliases(value: unknown): ReadonlyMap<string, string | null> {
	const entries = Object.entries(value === undefined ? {} : tableOf(value, 'aliases'));
	return new Map(entries.map(([name, full]) => [name, aliasOf(name, textOf(full, `the alias ${name}`))]));
}

function aliasOf(name: string, full: string): string | null {
	if (/[@:]/.test(name) || registryOf(name) !== null)
		throw new Error(`the alias ${name} is not a short name`);
	if (full === '') return null;
	if (full.includes('@') || /:[^/]*$/.test(full)) throw new Error(`the alias ${name} has a tag or a digest`);
	if (registryOf(full) === null) throw new Error(`the alias ${name} does not name a registry`);
	return full;
}

/** A registry, or a path in one. Throws for a URL. */
function locationOf(written: string): string {
	if (/^https?:\/\//.test(written)) throw new Error(`${written} is a URL instead of a host`);
	return written.replace(/\/+$/, '');
}

function tableOf(value: unknown, where: string): Table {
	if (isObject(value)) return value;
	throw new Error(`${where} is not a table`);
}

function listOf(value: unknown, where: string): readonly unknown[] {
	if (value === undefined) return [];
	if (Array.isArray(value)) return value;
	throw new Error(`${where} is not a list`);
}

function textsOf(value: unknown, where: string): readonly string[] {
	return listOf(value, where).map((item) => textOf(item, where));
}

/** Empty where it is absent. */
function textOf(value: unknown, where: string): string {
	if (value === undefined) return '';
	if (typeof value === 'string') return value;
	throw new Error(`${where} is not a string`);
}

function flagOf(value: unknown, where: string): boolean {
	if (value === undefined) return false;
	if (typeof value === 'boolean') return value;
	throw new Error(`${where} is not true or false`);
}
