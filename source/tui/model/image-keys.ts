import type { Action } from './action.ts';
import type { KeyBinding } from './key-binding.ts';

export const IMAGES_GROUP = 'Other images';

type Going = Extract<Action, { readonly type: 'pick-image' | 'mark-image' }>;

/** The keys that lead from one image to others. */
export function imageKeys<Context extends string>(
	contexts: readonly Context[],
): readonly KeyBinding<Going, Context>[] {
	return [
		{
			id: 'pick-image',
			keys: ['p'],
			contexts,
			group: IMAGES_GROUP,
			description: 'Pick another image or platform of the same place',
			action: { type: 'pick-image' },
		},
		{
			id: 'mark-image',
			keys: ['m'],
			contexts,
			group: IMAGES_GROUP,
			description: 'Mark the image; on another one, show what differs; again, take the mark away',
			action: { type: 'mark-image' },
		},
	];
}
