import { mapOf, type Section, unexpected } from '../config-section.ts';
import { type KeyPreset, type KeySettings, type NamedKeys, presets } from './key-settings.ts';

/** The key of what fathom.yaml says of the explorer's keys. */
export const KEYS = 'keys';

const BIND = 'bind';
const PRESET = 'preset';

const EXPECTED_KEYS = 'a key such as s or Ctrl-A, a list of keys, or none';

/**
 * Reads `keys: dive`, or a map with a preset and the keys of actions; null where the file says nothing of them. Throws `settings` with the file
 * and the line; `rejectUnknownKey` does for a key of the map.
 */
export function readKeySettings(
	top: Section,
	rejectUnknownKey: (section: Section) => void,
): KeySettings | null {
	const { document } = top;
	const value = top.values[KEYS];
	if (value === undefined || value === null) return null;
	const { label } = document;
	if (typeof value !== 'object') return { label, preset: presetOf(top, [KEYS], value), bindings: [] };
	const values = mapOf(document, { path: [KEYS], value, expected: EXPECTED });
	const section: Section = { document, path: [KEYS], known: [PRESET, BIND], values };
	rejectUnknownKey(section);
	const preset = values[PRESET] === undefined ? 'default' : presetOf(top, [KEYS, PRESET], values[PRESET]);
	const path = [KEYS, BIND];
	const expected = 'actions and their keys';
	const bound = mapOf(document, { path, value: values[BIND], expected });
	const bindings = Object.entries(bound).map(([action, keys]): NamedKeys => {
		const read = readKeys(keys);
		if (read === null)
			throw unexpected(document, { path: [...path, action], value: keys, expected: EXPECTED_KEYS });
		return { action, keys: read, line: document.lineOfKey(path, action) };
	});
	return { label, preset, bindings };
}

const EXPECTED = `${presets.join(', ')}, or a map with ${PRESET} and ${BIND}`;

function presetOf({ document }: Section, path: readonly string[], value: unknown): KeyPreset {
	const found = presets.find((preset) => preset === value);
	if (found === undefined)
		throw unexpected(document, {
			path,
			value,
			expected: path.length === 1 ? EXPECTED : presets.join(' or '),
		});
	return found;
}

/** A list of keys, or keys with commas between them as dive has them; null for what is neither. A digit is a number in YAML. */
function readKeys(value: unknown): readonly string[] | null {
	if (value === 'none' || value === false) return [];
	if (Array.isArray(value)) {
		const keys = value.map(textOfKey);
		return keys.every((key) => key !== null) ? keys : null;
	}
	const text = textOfKey(value);
	if (text === null) return null;
	return text.length === 1 ? [text] : text.split(',').map((key) => key.trim());
}

function textOfKey(value: unknown): string | null {
	if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 10) return String(value);
	return typeof value === 'string' && value !== '' ? value : null;
}
