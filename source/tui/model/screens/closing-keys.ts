import type { KeyBinding, KeyName } from '../key-binding.ts';

/** The keys that close a screen: the action under each name that fathom.yaml knows, with its keys. The footer has the first. */
export function closingKeys<Action, Context extends string>(
	screen: Context,
	row: Pick<KeyBinding<Action, Context>, 'group' | 'description' | 'action'>,
	{ keys, hint }: { readonly keys: Readonly<Record<string, readonly KeyName[]>>; readonly hint: string },
): readonly KeyBinding<Action, Context>[] {
	return Object.entries(keys).map(([name, named], index) => ({
		...row,
		id: `${screen}-${name}`,
		name,
		keys: named,
		contexts: [screen],
		...(index === 0 && { hint: { text: hint, always: true } }),
	}));
}
