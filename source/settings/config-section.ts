import type { FathomError } from '../errors.ts';
import { shorten } from '../text/shorten.ts';
import { type ConfigDocument, type ConfigPath, settingsError } from './config-document.ts';
import { type ConfigMap, isMap } from './config-map.ts';
import type { SettingReader } from './settings.ts';

/** A map of settings in the file. */
export interface Section {
	readonly document: ConfigDocument;
	readonly path: ConfigPath;
	/** The keys that it may have. */
	readonly known: readonly string[];
	readonly values: ConfigMap;
}

/** A value in the file, and what was expected there. */
export interface Found {
	readonly path: ConfigPath;
	readonly value: unknown;
	readonly expected: string;
}

/** A value as a map. One with nothing in it, of which YAML makes null, is fine. Throws `settings`. */
export function mapOf(document: ConfigDocument, found: Found): ConfigMap {
	const { value } = found;
	if (value === null || value === undefined) return {};
	if (!isMap(value)) throw unexpected(document, found);
	return value;
}

/** Reads settings of a section by their names. */
export function readerOf({ document, path, values }: Section): SettingReader {
	return ({ name, type }) => {
		if (!Object.hasOwn(values, name)) return undefined;
		const value = values[name];
		const parsed = type.parse(type.textOfYaml(value));
		if (parsed.ok) return parsed.value;
		throw unexpected(document, { path: [...path, name], value, expected: parsed.expected });
	};
}

/** `fathom.yaml:3: rules.max-pull: expected ..., got ...`. */
export function unexpected(document: ConfigDocument, { path, value, expected }: Found): FathomError {
	const key = path.length > 0 ? ` ${path.join('.')}:` : '';
	const where = `${document.label}:${document.lineOfValue(path)}:${key}`;
	return settingsError(`${where} expected ${expected}, got ${wordValue(value)}.`);
}

function wordValue(value: unknown): string {
	if (value === null) return 'nothing';
	if (Array.isArray(value)) return 'a list';
	return typeof value === 'object' ? 'a map' : shorten(JSON.stringify(value));
}
