import type { Action } from './action.ts';
import type { KeyBinding } from './key-binding.ts';

type CopyBinding<Context extends string> = KeyBinding<Extract<Action, { readonly type: 'copy' }>, Context>;

/** The keys that put what a finding says into the clipboard of the terminal. */
export function adviceKeys<Context extends string>(
	contexts: readonly Context[],
): readonly CopyBinding<Context>[] {
	return [
		{
			id: 'copy-advice',
			name: 'copy-text',
			keys: ['Y'],
			contexts,
			group: 'Findings',
			description: 'Copy the advice: the instruction as it should be',
			hint: { text: 'copy advice' },
			action: { type: 'copy', what: 'text' },
		},
		{
			id: 'copy-rule',
			keys: ['A'],
			contexts,
			group: 'Findings',
			description: 'Copy the lines for fathom.yaml that accept the finding',
			hint: { text: 'copy rule' },
			action: { type: 'copy', what: 'rule' },
		},
	];
}

/** The keys that do the same with anything else: `panes` for its name, and `others` for its text. */
export function copyKeys<Context extends string>(
	panes: readonly Context[],
	others: readonly Context[],
): readonly CopyBinding<Context>[] {
	return [
		{
			id: 'copy-name',
			keys: ['y'],
			contexts: panes,
			group: 'General',
			description: 'Copy the name or path',
			action: { type: 'copy', what: 'name' },
		},
		{
			id: 'copy-text',
			keys: ['Y'],
			contexts: others,
			group: 'General',
			description: 'Copy the instruction or the text',
			action: { type: 'copy', what: 'text' },
		},
	];
}
