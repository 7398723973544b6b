import type { Both } from '../../../diff/merge/merge-structure.ts';
import type {
	ConfigFieldChange,
	DocumentComparison,
	ManifestChange,
} from '../../../diff/reproducible/compare-documents.ts';
import { maskInstruction, maskSetting, maskText } from '../../../facts/secrets/settings/mask-values.ts';
import { maskChange } from '../mask-changes.ts';

type Values = Both<string | null>;

/** What differs between two manifests without the values that look secret. */
export function maskManifest(
	comparison: DocumentComparison<ManifestChange>,
): DocumentComparison<ManifestChange> {
	const changes = comparison.changes.map((change) =>
		change.kind === 'annotation'
			? {
					...change,
					name: maskText(change.name),
					values: maskBoth(change.values, (value) => maskSetting(change.name, value)),
				}
			: change,
	);
	return { ...comparison, changes };
}

/** The same of two configs. */
export function maskConfig(
	comparison: DocumentComparison<ConfigFieldChange>,
): DocumentComparison<ConfigFieldChange> {
	return { ...comparison, changes: comparison.changes.map(maskField) };
}

function maskField(change: ConfigFieldChange): ConfigFieldChange {
	if (change.kind === 'field') return maskChange(change);
	if (change.kind !== 'history') return change;
	const mask = change.field === 'created_by' ? maskInstruction : maskText;
	return { ...change, values: maskBoth(change.values, mask) };
}

function maskBoth([older, newer]: Values, mask: (value: string) => string): Values {
	return [older && mask(older), newer && mask(newer)];
}
