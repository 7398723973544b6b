import { formatBytes, formatExactBytes, formatPercent } from '../text/bytes.ts';
import type { Paint, Tone } from '../text/paint.ts';
import { type Cell, formatTable, type TableLayout } from '../text/table.ts';
import type { RuleResult, Verdict } from './judge.ts';

const columns = [
	{ header: 'rule' },
	{ header: 'value', align: 'right' },
	{ header: 'limit', align: 'right' },
	{ header: 'verdict' },
] as const;

/** Lines of the table of rule, value, limit and verdict. */
export function formatResults(verdict: Verdict, layout: TableLayout): string[] {
	return formatTable(columns, verdict.results.map(resultRow), layout);
}

/** The verdict in one line, which is the last that `fathom ci` prints. */
export function formatConclusion({ results }: Verdict, paint: Paint): string {
	const judged = results.filter(({ outcome }) => outcome !== 'off');
	const failed = judged.filter(({ outcome }) => outcome === 'fail');
	if (judged.length === 0) return paint('warning', 'PASS: every rule is off.');
	if (failed.length === 0) {
		return paint(
			'good',
			judged.length === 1 ? 'PASS: the rule holds.' : `PASS: all ${judged.length} rules hold.`,
		);
	}
	return paint('bad', `FAIL: ${failed.map(({ rule }) => rule.key).join(', ')}.`);
}

const tones: Readonly<Record<RuleResult['outcome'], Tone>> = { pass: 'good', fail: 'bad', off: 'faint' };

function resultRow({ rule, value, limit, outcome }: RuleResult): Cell[] {
	const verdict: Cell = { text: outcome === 'fail' ? 'FAIL' : outcome, tone: tones[outcome] };
	const format = rule.unit === 'bytes' ? formatBytes : formatPercent;
	if (limit === null) return [rule.key, format(value), '-', verdict];
	const formatPair = format(value) === format(limit) && value !== limit ? preciseFormats[rule.unit] : format;
	const sign = rule.bound === 'lowest' ? '>=' : '<=';
	return [rule.key, formatPair(value), `${sign} ${formatPair(limit)}`, verdict];
}

/** Where a value and its limit would read the same and are not, the reader has to see by how much. */
const preciseFormats = {
	bytes: formatExactBytes,
	ratio: formatPrecisePercent,
	percent: formatPrecisePercent,
};

function formatPrecisePercent(ratio: number): string {
	return `${Number((ratio * 100).toPrecision(12))} %`;
}
