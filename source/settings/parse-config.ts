import { shorten } from '../text/shorten.ts';
import { suggest } from './command-line/suggest.ts';
import {
	type ConfigDocument,
	type ConfigPath,
	parseConfigDocument,
	settingsError,
} from './config-document.ts';
import { ruleSettings } from './rule-settings.ts';
import { credentialExclusion, type FileExclusion, type SettingDefinition } from './setting-definition.ts';
import { settingTable } from './setting-table.ts';
import { type PartialSettings, readSettings, type SettingReader } from './settings.ts';

/** A map of settings in the file. */
interface Section {
	readonly document: ConfigDocument;
	readonly path: ConfigPath;
	/** The keys that it may have. */
	readonly known: readonly string[];
	readonly values: Readonly<Record<string, unknown>>;
}

/** The key of the map that holds the limits of rules. */
const RULES = 'rules';

/** Reads the text of a fathom.yaml. Throws `settings` with the file, the line, the key and what was expected. */
export function parseConfig(text: string, label: string): PartialSettings {
	const document = parseConfigDocument(text, label);
	const top: Section = {
		document,
		path: [],
		known: [...settings.filter(({ notInFile }) => notInFile === null).map(({ name }) => name), RULES],
		values: mapOf(document, {
			path: [],
			value: document.content,
			expected: 'settings such as base or rules',
		}),
	};
	rejectUnknownKey(top);
	const rules: Section = {
		document,
		path: [RULES],
		known: ruleNames,
		values: mapOf(document, { path: [RULES], value: top.values[RULES], expected: 'rules and their limits' }),
	};
	rejectUnknownKey(rules);
	return readSettings(readerOf(top), readerOf(rules));
}

const settings: readonly SettingDefinition[] = settingTable;
const ruleNames: readonly string[] = ruleSettings.map(({ name }) => name);

/** The file often belongs to a repository, and its author must not decide on secrets and on trust. */
const excluded: ReadonlyMap<string, FileExclusion | null> = new Map([
	...settings.map(({ name, notInFile }) => [name, notInFile] as const),
	['password', credentialExclusion],
	['password-stdin', credentialExclusion],
]);

interface Found {
	readonly path: ConfigPath;
	readonly value: unknown;
	readonly expected: string;
}

/** A map with nothing in it, of which YAML makes null, is fine. */
function mapOf(document: ConfigDocument, found: Found): Readonly<Record<string, unknown>> {
	const { value } = found;
	if (value === null || value === undefined) return {};
	if (!isMap(value)) throw unexpected(document, found);
	return value;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function readerOf({ document, path, values }: Section): SettingReader {
	return ({ name, type }) => {
		if (!Object.hasOwn(values, name)) return undefined;
		const value = values[name];
		const parsed = type.parse(type.textOfYaml(value));
		if (parsed.ok) return parsed.value;
		throw unexpected(document, { path: [...path, name], value, expected: parsed.expected });
	};
}

function unexpected(document: ConfigDocument, { path, value, expected }: Found) {
	const key = path.length > 0 ? ` ${path.join('.')}:` : '';
	const where = `${document.label}:${document.lineOfValue(path)}:${key}`;
	return settingsError(`${where} expected ${expected}, got ${wordValue(value)}.`);
}

function wordValue(value: unknown): string {
	if (value === null) return 'nothing';
	if (Array.isArray(value)) return 'a list';
	return typeof value === 'object' ? 'a map' : shorten(JSON.stringify(value));
}

function rejectUnknownKey({ document, path, known, values }: Section): void {
	const key = Object.keys(values).find((each) => !known.includes(each));
	if (key === undefined) return;
	const where = `${document.label}:${document.lineOfKey(path, key)}`;
	const exclusion = path.length === 0 ? excluded.get(key) : null;
	if (exclusion) throw settingsError(`${where}: ${key}: ${exclusion.reason}.`, exclusion.alternative);
	const isRule = path.length === 0 && ruleNames.includes(key);
	throw settingsError(
		`${where}: ${shorten([...path, key].join('.'))}: no such setting.`,
		isRule ? `Put it under "${RULES}".` : (suggest(key, known) ?? `One of ${known.join(', ')}.`),
	);
}
