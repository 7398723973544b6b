import { finish } from '../../steps.ts';
import { prepareFilter } from '../model/filter/filter.ts';
import type { Effect, ExplorerState } from '../model/state.ts';

/** Long enough for the frame to be drawn, and shorter than the time between two keys. */
const IDLE_MILLISECONDS = 15;

/** The one place where effects of the model are run. */
export class EffectRunner {
	readonly #onLeave: () => void;
	#idleTimer: NodeJS.Timeout | undefined;

	constructor(onLeave: () => void) {
		this.#onLeave = onLeave;
	}

	/** Runs what the last action asked for. What waits for an idle moment is forgotten when there is another action before. */
	run(state: ExplorerState): void {
		clearTimeout(this.#idleTimer);
		for (const effect of state.effects) {
			if (effect.type === 'leave') this.#onLeave();
			else this.#idleTimer = setTimeout(() => prepare(effect, state), IDLE_MILLISECONDS).unref();
		}
	}
}

function prepare(
	effect: Exclude<Effect, { readonly type: 'leave' }>,
	{ image, projector }: ExplorerState,
): void {
	if (effect.type === 'prepare') finish(projector.prepare(effect.key));
	else finish(prepareFilter(image.tree));
}
