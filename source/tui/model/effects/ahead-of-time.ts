import type { Steps } from '../../../steps.ts';
import { prepareFilter } from '../filter/filter.ts';
import { prepareOrder } from '../rows/child-order.ts';
import type { Effect } from './effect.ts';

/** What an effect asks for that is worked out once, in the order in which it is of use. */
export function worksOf(
	effect: Extract<Effect<unknown>, { readonly done: unknown }>,
): readonly Steps<void>[] {
	switch (effect.type) {
		case 'prepare-list':
			return [effect.steps];
		case 'prepare-image':
			return [effect.projector.prepareWhole(), prepareFilter(effect.tree)];
		case 'prepare-difference': {
			const { comparison, orders } = effect;
			return [prepareFilter(comparison.tree), ...orders.map((order) => prepareOrder(comparison, order))];
		}
	}
}
