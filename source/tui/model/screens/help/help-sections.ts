import { describedKeys } from '../../bindings/described-keys.ts';
import { lostKeyText } from '../../bindings/lost-keys.ts';
import { HOME_GROUP } from '../../home/home-keys.ts';
import { keyLabel } from '../../key-binding.ts';
import { type Keymap, keyGroups, keymapOf } from '../../keymap.ts';
import type { SubjectKind } from '../../subject.ts';
import type { HelpRow, HelpSection } from '../../views/view.ts';
import { type ViewId, views, viewsOf } from '../../views/views.ts';

/** What the help says over the images at hand: the keys that work there, and those that change a filter. */
export function homeHelpSections(bindings: Keymap): readonly HelpSection[] {
	const there = bindings.filter(
		({ contexts }) => contexts.includes('home') || contexts.every((context) => context === 'prompt'),
	);
	const groups = [HOME_GROUP, ...keyGroups.filter((title) => title !== HOME_GROUP)];
	return groups.map((title) => ({ title, rows: rowsOf(there, title) })).filter(({ rows }) => rows.length > 0);
}

/** What the help says: the signs of the view that is shown, every key that works on its subject, and the signs of the other views. */
export function helpSections(bindings: Keymap, kind: SubjectKind, shown: ViewId): readonly HelpSection[] {
	const keys = keyGroups.map((title) => ({ title, rows: rowsOf(keymapOf(bindings, kind), title) }));
	const others = viewsOf(kind).filter((id) => id !== shown);
	return [views[shown].help, ...keys, ...others.map((id) => views[id].help)].filter(
		({ rows }) => rows.length > 0,
	);
}

function rowsOf(bindings: Keymap, group: string): readonly HelpRow[] {
	// What has no key of its own is found by its name.
	const byName = bindings.find(({ id }) => id === 'open-palette')?.keys ?? [];
	return describedKeys(bindings, group).map(({ keys, description, lostKey }) =>
		lostKey === undefined
			? {
					sign: (keys.length === 0 ? byName : keys).map(keyLabel).join(' '),
					style: 'key',
					meaning: description,
				}
			: { sign: 'no key', style: 'warning', meaning: `${description} (${lostKeyText(lostKey)})` },
	);
}
