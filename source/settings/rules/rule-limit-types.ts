import { explanationOf } from '../../analysis/findings/explanations/explanations.ts';
import { findingLevels } from '../../analysis/findings/finding-level.ts';
import type { FindingSelector, Limit, LimitSyntax, MeasureName } from '../../gate/rule.ts';
import { shorten } from '../../text/shorten.ts';
import { type Parsed, parseLimit } from '../limits.ts';
import { limitTypes, textOfScalar, type ValueType } from '../value-types.ts';
import { absenceType, budgetsType, globsType } from './pattern-limit-types.ts';

/** How the limits of rules are written; null for `off`. */
export const ruleLimitTypes: Readonly<Record<LimitSyntax, ValueType<Limit | null>>> = {
	...limitTypes,
	points: { placeholder: 'POINTS', parse: parsePoints, textOfYaml: textOfScalar },
	growth: { placeholder: 'GROWTH', parse: parseGrowth, textOfYaml: textOfScalar },
	sizes: { placeholder: 'SIZE', parse: parseSizes, textOfYaml: textOfScalar },
	globs: globsType,
	budgets: budgetsType,
	absence: absenceType,
	findings: { placeholder: 'CODES', parse: parseFindings, textOfYaml: textOfList },
};

const expectations = {
	points: 'percentage points such as 1 or 0.5, or off',
	growth: 'bytes such as 10MB, a percentage such as 5%, both as in 10MB,5%, or off',
	sizes: 'a size such as 200MB, stored:200MB or unpacked:500MB,live:300MB, or off',
	findings: 'codes of findings such as owner-changed, levels (waste, risk, hint), or off',
} as const;

function isOff(text: string): boolean {
	return text.trim().toLowerCase() === 'off';
}

function parsePoints(text: string): Parsed<Limit | null> {
	if (isOff(text)) return { ok: true, value: null };
	const points = /^\s*(?:\d+(?:\.\d*)?|\.\d+)\s*$/.test(text) ? Number(text) : Number.NaN;
	return points <= 100 ? { ok: true, value: points } : { ok: false, expected: expectations.points };
}

function parseGrowth(text: string): Parsed<Limit | null> {
	return parseParts(text, expectations.growth, (part) => {
		const [, digits] = /^(\d+(?:\.\d*)?|\.\d+)\s*%$/.exec(part) ?? [];
		// Shifting the decimal point makes 0.7% exactly the number 0.007.
		return digits === undefined ? ['bytes', bytesOf(part)] : ['percent', Number(`${digits}e-2`)];
	});
}

function parseSizes(text: string): Parsed<Limit | null> {
	return parseParts(text, expectations.sizes, (part) => {
		const [, name = 'unpacked', size = ''] = /^(?:(stored|unpacked|live)\s*:)?(.*)$/is.exec(part) ?? [];
		return [name.toLowerCase() as 'stored' | 'unpacked' | 'live', bytesOf(size)];
	});
}

/** Words with commas between them, each once. */
function parseFindings(text: string): Parsed<Limit | null> {
	if (isOff(text)) return { ok: true, value: null };
	const findings = new Set<FindingSelector>();
	for (const word of text.split(/[\s,]+/).filter((each) => each !== '')) {
		const selector = findingLevels.find((level) => level === word) ?? explanationOf(word)?.code;
		if (selector === undefined)
			return { ok: false, expected: `${expectations.findings}, not ${shorten(JSON.stringify(word))}` };
		findings.add(selector);
	}
	if (findings.size === 0) return { ok: false, expected: expectations.findings };
	return { ok: true, value: { findings: [...findings] } };
}

/** A list in YAML, or a text. */
function textOfList(value: unknown): string {
	return Array.isArray(value) ? value.map(textOfScalar).join(',') : textOfScalar(value);
}

/** Each part limits one measure, and none twice. */
function parseParts(
	text: string,
	expected: string,
	parsePart: (part: string) => readonly [MeasureName, number | null],
): Parsed<Limit | null> {
	if (isOff(text)) return { ok: true, value: null };
	const limit = new Map<MeasureName, number>();
	for (const part of text.split(',')) {
		const [name, amount] = parsePart(part.trim());
		if (amount === null || limit.has(name)) return { ok: false, expected };
		limit.set(name, amount);
	}
	return { ok: true, value: Object.fromEntries(limit) };
}

function bytesOf(text: string): number | null {
	const parsed = parseLimit('bytes', text);
	return parsed.ok ? parsed.value : null;
}
