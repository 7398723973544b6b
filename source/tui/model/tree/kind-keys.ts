import type { KeyBinding } from '../key-binding.ts';

/** Adds a term to the filter, or takes it out. */
export interface ToggleTerm {
	readonly type: 'toggle-term';
	/** As the user would type it. */
	readonly term: string;
}

/** What hides one kind of change in a file tree. It has no key of its own: a filter such as `!kind:added` does the same. */
export function kindKeys<Context extends string>(
	contexts: readonly Context[],
): readonly KeyBinding<ToggleTerm, Context>[] {
	return (['added', 'removed', 'changed'] as const).map((kind) => ({
		id: `toggle-${kind}`,
		keys: [],
		contexts,
		group: 'Filter',
		description: `Hide what was ${kind}, or show it: !kind:${kind}`,
		action: { type: 'toggle-term', term: `!kind:${kind}` },
	}));
}
