import { formatBytes, formatExactBytes, formatPercent } from '../text/bytes.ts';
import { escapeForTerminal } from '../text/escape.ts';
import type { Paint, Tone } from '../text/paint.ts';
import { shorten } from '../text/shorten.ts';
import { type Cell, formatTable, type TableLayout } from '../text/table.ts';
import type { RuleResult, Verdict } from './judge.ts';
import type { LimitUnit, Rule, Subject } from './rule.ts';

const columns = [
	{ header: 'rule' },
	{ header: 'value', align: 'right' },
	{ header: 'limit', align: 'right' },
	{ header: 'verdict' },
] as const;

/** Lines of the table of rule, value, limit and verdict: one for each finding, or one for a rule that holds or is off. */
export function formatResults(verdict: Pick<Verdict, 'results'>, layout: TableLayout): string[] {
	return formatTable(columns, verdict.results.flatMap(resultRows), layout);
}

/** The verdict in one line, which is the last that `fathom ci` prints. */
export function formatConclusion({ passed, results }: Verdict, paint: Paint): string {
	const keysOf = (wanted: RuleResult['outcome']) =>
		results.filter(({ outcome }) => outcome === wanted).map(({ rule }) => rule.key);
	if (!passed) return paint('bad', `FAIL: ${keysOf('fail').join(', ')}.`);
	if (keysOf('off').length === results.length) return paint('warning', 'PASS: every rule is off.');
	const holding = keysOf('pass').length;
	return paint('good', holding === 1 ? 'PASS: 1 rule holds.' : `PASS: ${holding} rules hold.`);
}

const verdictCells: Readonly<Record<RuleResult['outcome'], { readonly text: string; readonly tone: Tone }>> =
	{
		pass: { text: 'pass', tone: 'good' },
		warn: { text: 'warn', tone: 'warning' },
		fail: { text: 'FAIL', tone: 'bad' },
		off: { text: 'off', tone: 'faint' },
	};

function resultRows({ rule, value, limit, findings, outcome }: RuleResult): Cell[][] {
	if (findings.length === 0) return [[rule.key, ...valueCells(rule, value, limit), verdictCells[outcome]]];
	return findings.map((finding) => [
		`${rule.key}${formatSubject(finding.where)}`,
		...valueCells({ unit: finding.unit, bound: rule.bound }, finding.value, finding.limit),
		verdictCells[finding.level],
	]);
}

/** What a finding is about, behind the key of its rule. The image as a whole needs no word. */
function formatSubject(where: Subject): string {
	switch (where.kind) {
		case 'image':
			return '';
		case 'layer':
			return `: layer ${where.layerIndex + 1}`;
		case 'path':
			return `: /${escapeForTerminal(shorten(where.path))}`;
	}
}

function valueCells(
	{ unit, bound }: Pick<Rule, 'unit' | 'bound'>,
	value: number,
	limit: number | null,
): [string, string] {
	const { rounded, exact } = formats[unit];
	if (limit === null) return [rounded(value), '-'];
	// Two different figures that round to the same text are shown exactly, so that the reader sees the difference.
	const format = rounded(value) === rounded(limit) && value !== limit ? exact : rounded;
	return [format(value), `${bound === 'lowest' ? '>=' : '<='} ${format(limit)}`];
}

type Format = (value: number) => string;

const percentages = { rounded: formatPercent, exact: formatExactPercent };

const formats: Readonly<Record<LimitUnit, { readonly rounded: Format; readonly exact: Format }>> = {
	bytes: { rounded: formatBytes, exact: formatExactBytes },
	ratio: percentages,
	percent: percentages,
};

function formatExactPercent(ratio: number): string {
	return `${Number((ratio * 100).toPrecision(12))} %`;
}
