import type { Action } from '../action.ts';
import { type Effect, withAnswer } from '../effects/effect.ts';
import type { ScreenAction, ScreenId, ScreenTypesOf } from '../screens/screens.ts';

/** The effects of a screen, with answers addressed to that screen. What it asks for a second time replaces the first request. */
export function addressedTo<Id extends ScreenId>(
	screen: Id,
	effects: readonly Effect<ScreenTypesOf[Id]['action']>[],
): readonly Effect<Action>[] {
	return effects.map((effect) => {
		const addressed = withAnswer(
			effect,
			(action): Action => ({ type: 'screen', screen, action }) as ScreenAction,
		);
		return addressed.type === 'request'
			? { ...addressed, topic: topicOf(screen) + addressed.kind }
			: addressed;
	});
}

/** What the topics of all requests of a screen begin with. */
export function topicOf(screen: ScreenId): string {
	return `${screen}:`;
}
