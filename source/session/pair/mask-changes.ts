import type { ConfigChange, ConfigField, ConfigValue } from '../../diff/compare-config.ts';
import {
	maskInstruction,
	maskSetting,
	maskText,
	maskWords,
} from '../../facts/secrets/settings/mask-values.ts';
import type { Steps } from '../../steps.ts';

/** What differs between two configs without the values that look secret. What became another secret is there, as `***` on both sides. */
export function* maskChanges(changes: readonly ConfigChange[]): Steps<readonly ConfigChange[]> {
	const masked: ConfigChange[] = [];
	for (const change of changes) {
		masked.push(maskChange(change));
		yield;
	}
	return masked;
}

export function maskChange<Change extends ConfigChange>(change: Change): Change {
	const { field, name, oldValue, newValue } = change;
	const mask = (value: ConfigValue | null) => value && maskValue(field, name, value);
	return {
		...change,
		name: name && maskName(field, name),
		oldValue: mask(oldValue),
		newValue: mask(newValue),
	};
}

/** A step of the history has its instruction for a name. */
function maskName(field: ConfigField, name: string): string {
	return isOfHistory(field) ? maskInstruction(name) : maskText(name);
}

function maskValue(field: ConfigField, name: string | null, value: ConfigValue): ConfigValue {
	if (typeof value !== 'string') return field === 'onBuild' ? value.map(maskInstruction) : maskWords(value);
	if (isOfHistory(field)) return maskInstruction(value);
	return (field === 'env' || field === 'labels') && name !== null
		? maskSetting(name, value)
		: maskText(value);
}

function isOfHistory(field: ConfigField): boolean {
	return field === 'history' || field === 'comments';
}
