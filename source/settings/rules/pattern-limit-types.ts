import { isPackagePattern, packageGlob, packagePatternFault } from '../../gate/patterns/package-pattern.ts';
import type { Limit, PatternAmount } from '../../gate/rule.ts';
import { globFault } from '../../text/glob/glob-fault.ts';
import { isMap } from '../config-map.ts';
import { type Parsed, parseLimit } from '../limits.ts';
import { switchType, textOfScalar, type ValueType } from '../value-types.ts';

const MOST_PATTERNS = 100;

const expectedGlobs = 'globs of paths such as **/.git, or off';
const expectedBudgets = 'sizes of paths or packages such as /usr/share/doc=1MB or pkg:npm/**=200MB, or off';

/** Globs, one a line; in YAML a list. */
export const globsType: ValueType<Limit | null> = {
	placeholder: 'GLOB',
	parse: (text) => parseLines(text, expectedGlobs, (line) => ({ pattern: line, most: 0 })),
	textOfYaml: (value) => (value === false ? 'off' : textOfList(Array.isArray(value) ? value : [value])),
};

/** `PATTERN=SIZE`, one a line; in YAML a map. */
export const budgetsType: ValueType<Limit | null> = {
	placeholder: 'GLOB=SIZE',
	parse: (text) => parseLines(text, expectedBudgets, parseBudget),
	textOfYaml: (value) =>
		isMap(value)
			? textOfList(Object.entries(value).map(([pattern, size]) => `${pattern}=${textOfScalar(size)}`))
			: textOfScalar(value),
};

/** Whether there must be none. */
export const absenceType: ValueType<Limit | null> = {
	placeholder: null,
	parse: (text) => {
		const parsed = switchType.parse(text);
		if (!parsed.ok) return parsed;
		return { ok: true, value: parsed.value ? absence : null };
	},
	textOfYaml: (value) => (typeof value === 'boolean' || typeof value === 'string' ? String(value) : ''),
};

/** A limit of one pattern, which stands for everything. */
const absence: Limit = { patterns: [{ pattern: '**', most: 0 }] };

function parseLines(
	text: string,
	expected: string,
	parseLine: (line: string) => PatternAmount | null,
): Parsed<Limit | null> {
	if (text.trim().toLowerCase() === 'off') return { ok: true, value: null };
	const amounts = new Map<string, PatternAmount>();
	for (const line of text.split('\n').map((each) => each.trim())) {
		const amount = line === '' ? null : parseLine(line);
		if (amount === null || amounts.has(amount.pattern)) return { ok: false, expected };
		const { pattern } = amount;
		const fault = faultOf(pattern);
		if (fault !== null) return { ok: false, expected: `${expected} (${fault})` };
		amounts.set(pattern, amount);
	}
	if (amounts.size > MOST_PATTERNS) return { ok: false, expected: `at most ${MOST_PATTERNS} of them` };
	return { ok: true, value: { patterns: [...amounts.values()] } };
}

function faultOf(pattern: string): string | null {
	if (!isPackagePattern(pattern)) return globFault(pattern);
	return packagePatternFault(pattern) ?? globFault(packageGlob(pattern));
}

/** A glob may have an equals sign; a size has none. */
function parseBudget(line: string): PatternAmount | null {
	const end = line.lastIndexOf('=');
	const pattern = line.slice(0, Math.max(0, end)).trim();
	const size = parseLimit('bytes', line.slice(end + 1));
	return pattern === '' || !size.ok || size.value === null ? null : { pattern, most: size.value };
}

/** Empty where an item is no text or would be more than one line. */
function textOfList(items: readonly unknown[]): string {
	const texts = items.map((item) => (typeof item === 'string' && !item.includes('\n') ? item : ''));
	return texts.includes('') ? '' : texts.join('\n');
}
