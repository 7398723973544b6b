import { FathomError } from '../../errors.ts';
import { suggest } from '../../settings/command-line/suggest.ts';
import type { KeySettings } from '../../settings/explorer/key-settings.ts';
import type { Settings } from '../../settings/settings.ts';
import { shorten } from '../../text/shorten.ts';
import { type BindingProblem, bindKeys } from '../../tui/model/bindings/bind-keys.ts';
import { withDiveKeys } from '../../tui/model/bindings/dive-preset.ts';
import { nameOf } from '../../tui/model/key-binding.ts';
import { type Keymap, keymap } from '../../tui/model/keymap.ts';

/** The keys of the explorer, as fathom.yaml has them. Throws `settings` with the line of what does not work. */
export function keysInForce({ keys }: Pick<Settings, 'keys'>): Keymap {
	if (keys === null) return keymap;
	const base = keys.preset === 'dive' ? withDiveKeys(keymap) : keymap;
	const bound = bindKeys(base, keys.bindings);
	if (bound.ok) return bound.bindings;
	throw problemError(bound.problem, keys);
}

function problemError(problem: BindingProblem, { label, bindings }: KeySettings): FathomError {
	const { action, line } = bindings[problem.index];
	const where = `${label}:${line}: keys.bind.${shorten(action)}`;
	const error = (message: string, hint: string) =>
		new FathomError({ code: 'settings', message: `${where}: ${message}.`, hint });
	switch (problem.kind) {
		case 'unknown-action': {
			const meant = suggest(action, keymap.map(nameOf));
			return error('no such action', meant ?? 'The table in docs/keys.md has the names of all actions.');
		}
		case 'fixed-action':
			return error('it always has Ctrl-C', 'Leave it out, and give keys to quit.');
		case 'unusable-key':
			return error(
				`${shorten(JSON.stringify(problem.key))} cannot be its key: ${problem.reason}`,
				'Give a character, or a name such as Enter, PgUp or Ctrl-A.',
			);
		case 'conflict': {
			const other = bindings[problem.other];
			return error(
				`${problem.key} is already the key of ${shorten(other.action)} (line ${other.line}), and both work in ${problem.place}`,
				`Give ${shorten(action)} or ${shorten(other.action)} another key.`,
			);
		}
	}
}
