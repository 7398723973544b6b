import type { Baseline } from './baseline/baseline.ts';
import type { BaselineChanges } from './baseline/changes.ts';
import type { Judgement, Verdict } from './judge.ts';

export interface VerdictInput {
	readonly verdict: Verdict;
	/** What the user named as the baseline; null where they named none. */
	readonly baselineName: string | null;
	/** null where none was named, or where it cannot be used. */
	readonly baseline: Baseline | null;
	readonly changes: BaselineChanges | null;
	readonly warnings: readonly string[];
}

/** The verdict as plain data, for the JSON report. */
export function verdictData({ verdict, baselineName, baseline, changes, warnings }: VerdictInput) {
	return {
		passed: verdict.passed,
		baseline:
			baselineName === null
				? null
				: { name: baselineName, isUsed: baseline !== null, warnings, ...changesData(baseline, changes) },
		rules: verdict.judgements.map(judgementData),
	};
}

function changesData(baseline: Baseline | null, changes: BaselineChanges | null) {
	const aligned = changes?.layers ?? null;
	return {
		totals: baseline === null ? null : totalsOf(baseline),
		newLayers:
			aligned === null
				? null
				: aligned.flatMap((layer) =>
						layer.kind === 'changed' || layer.kind === 'inserted'
							? [
									{
										layerIndex: layer.newIndex,
										reason: layer.kind === 'inserted' ? ('inserted' as const) : layer.reason,
									},
								]
							: [],
					),
		grownPaths: changes?.grownPaths ?? null,
	};
}

function totalsOf({ figures: { storedBytes, unpackedBytes, liveBytes, wastedBytes } }: Baseline) {
	return { storedBytes, unpackedBytes, liveBytes, wastedBytes };
}

function judgementData(judgement: Judgement) {
	const { rule, measure, measured, limit, level, reason, ignore, chosen, outcome, findings } = judgement;
	const { value, mark, obstacle } = measured;
	return {
		key: rule.key,
		measure: measure.name,
		pattern: measure.pattern ?? null,
		unit: measure.unit,
		// JSON has no infinity, as of what grows from nothing.
		value: value === null || !Number.isFinite(value) ? null : value,
		limit,
		level,
		reason,
		ignore,
		chosen,
		outcome,
		uncompressed: mark === 'uncompressed',
		obstacle: obstacle ?? null,
		findings: findings.map((finding) => ({
			...finding,
			value: Number.isFinite(finding.value) ? finding.value : null,
		})),
	};
}
