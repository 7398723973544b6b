import type { FindingChange } from '../../../analysis/findings/compare-findings.ts';
import type { KnownFinding } from '../../../analysis/findings/known-findings.ts';
import type { JsonFindingChange } from './finding-schema.ts';

/** Null for a finding that is as it was. */
export function describeFindingChange({
	kind,
	finding,
	older,
}: FindingChange<KnownFinding>): JsonFindingChange | null {
	if (kind === 'less') return null;
	const { code, level, paths } = finding ?? older;
	return {
		kind,
		code,
		level,
		oldBytes: older?.bytes ?? null,
		newBytes: finding?.bytes ?? null,
		oldLayer: older?.layerIndex ?? null,
		newLayer: finding?.layerIndex ?? null,
		paths,
	};
}
