import { keyLabel, nameOf } from '../../key-binding.ts';
import type { KeyContext, Keymap } from '../../keymap.ts';
import type { PaletteEntry } from './palette-matches.ts';

/** Everything that can be done in a context, in the order of the table of keys. */
export function paletteEntries(bindings: Keymap, context: KeyContext): readonly PaletteEntry[] {
	return bindings
		.filter(({ contexts, action }) => contexts.includes(context) && action.type !== 'open-palette')
		.map((row) => ({
			id: row.id,
			name: nameOf(row),
			description: row.description,
			keys: row.lostKey === undefined ? row.keys.map(keyLabel).join(' ') : 'no key',
		}));
}
