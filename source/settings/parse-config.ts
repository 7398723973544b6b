import { shorten } from '../text/shorten.ts';
import { suggest } from './command-line/suggest.ts';
import { parseConfigDocument, settingsError } from './config-document.ts';
import { mapOf, readerOf, type Section } from './config-section.ts';
import { KEYS, readKeySettings } from './explorer/parse-keys.ts';
import { ruleSettings } from './rule-settings.ts';
import { ACCEPT, readAccepted } from './rules/parse-accepted.ts';
import { splitRules } from './rules/parse-rules.ts';
import { credentialExclusion, type FileExclusion, type SettingDefinition } from './setting-definition.ts';
import { settingTable } from './setting-table.ts';
import { type PartialSettings, readSettings } from './settings.ts';

/** The key of the map that holds the limits of rules. */
const RULES = 'rules';
/** The key of the map about findings. */
const FINDINGS = 'findings';

/** Reads the text of a fathom.yaml. Throws `settings` with the file, the line, the key and what was expected. */
export function parseConfig(text: string, label: string): PartialSettings {
	const document = parseConfigDocument(text, label);
	const top: Section = {
		document,
		path: [],
		known: [
			...settings.filter(({ notInFile }) => notInFile === null).map(({ name }) => name),
			RULES,
			FINDINGS,
			KEYS,
		],
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
	const findings: Section = {
		document,
		path: [FINDINGS],
		known: [ACCEPT],
		values: mapOf(document, { path: [FINDINGS], value: top.values[FINDINGS], expected: 'a map with accept' }),
	};
	rejectUnknownKey(findings);
	const accepted = readAccepted(findings, rejectUnknownKey);
	const keys = readKeySettings(top, rejectUnknownKey);
	const { limits, maps, details } = splitRules(rules);
	maps.forEach(rejectUnknownKey);
	const read = readSettings(readerOf(top), readerOf(limits));
	return {
		...read,
		...(accepted.length > 0 && { accepted }),
		...(Object.keys(details).length > 0 && { ruleDetails: details }),
		...(keys !== null && { keys }),
		// Whether it fits turns out later, at the image.
		...(read.base !== undefined && { baseLine: document.lineOfKey([], 'base') }),
	};
}

const settings: readonly SettingDefinition[] = settingTable;
const ruleNames: readonly string[] = ruleSettings.map(({ name }) => name);

/** The file often belongs to a repository, and its author must not decide on secrets and on trust. */
const excluded: ReadonlyMap<string, FileExclusion | null> = new Map([
	...settings.map(({ name, notInFile }) => [name, notInFile] as const),
	['password', credentialExclusion],
	['password-stdin', credentialExclusion],
]);

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
