import { type Level, type LimitSyntax, levels } from '../../gate/rule.ts';
import {
	type AllRuleDetails,
	limitsStoredBytes,
	type RuleDetails,
	type RuleKey,
	rules,
} from '../../gate/rules.ts';
import { globFault } from '../../text/glob/glob-fault.ts';
import { type ConfigDocument, type ConfigPath, settingsError } from '../config-document.ts';
import { type ConfigMap, isMap } from '../config-map.ts';
import { type Section, unexpected } from '../config-section.ts';
import { ruleSettings } from '../rule-settings.ts';
import { ruleLimitTypes } from './rule-limit-types.ts';

/** What a rule that is written as a map may have. */
export const ruleKeys: readonly string[] = ['limit', 'level', 'reason', 'ignore'];

/** The section of rules, taken apart. */
export interface RuleSections {
	/** The limits alone, as if each rule were written as its limit. */
	readonly limits: Section;
	/** The maps of those rules that are written as maps, to be checked for unknown keys. */
	readonly maps: readonly Section[];
	readonly details: AllRuleDetails;
}

/** Takes the section of rules apart: each is a limit, or a map of its limit and more. Throws `settings` with the file and the line. */
export function splitRules(section: Section): RuleSections {
	const { document, path, values } = section;
	const limits: [string, unknown][] = [];
	const maps: Section[] = [];
	const details: [RuleKey, RuleDetails][] = [];
	for (const { name } of ruleSettings) {
		if (!Object.hasOwn(values, name)) continue;
		const value = values[name];
		if (!isMap(value) || isBudget(name, value)) {
			limits.push([name, value]);
			continue;
		}
		const rulePath = [...path, name];
		maps.push({ document, path: rulePath, known: ruleKeys, values: value });
		if (Object.hasOwn(value, 'limit')) limits.push([name, value.limit]);
		// Whoever says how secrets are forbidden forbids them.
		else if (syntaxOf(name) === 'absence') limits.push([name, true]);
		details.push([name, readDetails(document, rulePath, value)]);
	}
	return {
		limits: { ...section, document: withLimits(document, maps), values: Object.fromEntries(limits) },
		maps,
		details: Object.fromEntries(details),
	};
}

function syntaxOf(key: RuleKey): LimitSyntax | undefined {
	return rules.find((rule) => rule.key === key)?.syntax;
}

/** Whether the map is a limit by itself. */
function isBudget(key: RuleKey, value: ConfigMap): boolean {
	return syntaxOf(key) === 'budgets' && Object.keys(value).every((each) => !ruleKeys.includes(each));
}

/** Of a rule that is written as a map, the value is on the line of its limit. */
function withLimits(document: ConfigDocument, maps: readonly Section[]): ConfigDocument {
	const isMapped = (path: ConfigPath) => maps.some((map) => map.path.join('.') === path.join('.'));
	return {
		...document,
		lineOfValue: (path) => document.lineOfValue(isMapped(path) ? [...path, 'limit'] : path),
	};
}

function readDetails(document: ConfigDocument, path: ConfigPath, values: ConfigMap): RuleDetails {
	const level = readLevel(document, [...path, 'level'], values.level);
	const reason = readReason(document, [...path, 'reason'], values.reason);
	const ignore = readGlobs(document, [...path, 'ignore'], values.ignore);
	if (ignore !== undefined) rejectUselessIgnore(document, path, values.limit);
	return {
		...(level !== undefined && { level }),
		...(reason !== undefined && { reason }),
		...(ignore !== undefined && { ignore }),
	};
}

function readLevel(document: ConfigDocument, path: ConfigPath, value: unknown): Level | undefined {
	if (value === undefined) return undefined;
	const level = levels.find((each) => each === value);
	if (level === undefined) throw unexpected(document, { path, value, expected: levels.join(' or ') });
	return level;
}

/** A text for people. Throws `settings`. */
export function readReason(document: ConfigDocument, path: ConfigPath, value: unknown): string | undefined {
	if (value === undefined) return undefined;
	if (typeof value !== 'string' || value.trim() === '')
		throw unexpected(document, { path, value, expected: 'a text' });
	return value.trim();
}

const MOST_GLOBS = 100;

/** A glob, or a list of them; undefined where there is none. Throws `settings`. */
export function readGlobs(
	document: ConfigDocument,
	path: ConfigPath,
	value: unknown,
): readonly string[] | undefined {
	if (value === undefined) return undefined;
	const globs: readonly unknown[] = Array.isArray(value) ? value : [value];
	const expected = 'a list of globs such as var/cache/**';
	if (globs.length > MOST_GLOBS)
		throw settingsError(`${where(document, path)} there are more than ${MOST_GLOBS} globs.`);
	globs.forEach((glob, index) => {
		const place = Array.isArray(value) ? [...path, String(index)] : path;
		if (typeof glob !== 'string' || glob === '')
			throw unexpected(document, { path: place, value: glob, expected });
		const fault = globFault(glob);
		if (fault !== null) throw settingsError(`${where(document, place)} ${fault}.`);
	});
	return globs.map(String);
}

/** A layer is stored as a whole. */
function rejectUselessIgnore(document: ConfigDocument, path: ConfigPath, limit: unknown): void {
	const rule = rules.find(({ key }) => key === path.at(-1));
	if (rule === undefined) return;
	const place = where(document, [...path, 'ignore']);
	if (rule.measures.every(({ countsStoredBytes }) => countsStoredBytes)) {
		throw settingsError(
			`${place} ${rule.key} counts stored bytes, of which no path can be left out.`,
			'Leave ignore out.',
		);
	}
	const { parse, textOfYaml } = ruleLimitTypes[rule.syntax];
	const parsed = parse(textOfYaml(limit));
	if (!parsed.ok || parsed.value === null || !limitsStoredBytes(rule, parsed.value)) return;
	throw settingsError(
		`${place} the limit is on stored bytes, of which no path can be left out.`,
		'Leave ignore out, or set a limit on unpacked or live bytes.',
	);
}

function where(document: ConfigDocument, path: ConfigPath): string {
	return `${document.label}:${document.lineOfValue(path)}: ${path.join('.')}:`;
}
