import type { Steps } from '../../steps.ts';
import { prepareFilter } from '../model/filter/filter.ts';
import type { Effect, ExplorerState } from '../model/state.ts';
import { IdleWork } from './idle-work.ts';

/** The one place where effects of the model are run. */
export class EffectRunner {
	readonly #onLeave: () => void;
	readonly #idle = new IdleWork();

	constructor(onLeave: () => void) {
		this.#onLeave = onLeave;
	}

	/** Runs what the last action asked for. What waits for an idle moment is put off when there is another action before. */
	run({ effects, image, projector }: ExplorerState): void {
		if (effects.some(isPreparingImage)) {
			this.#idle.takeOn([projector.prepareWhole(), prepareFilter(image.tree)]);
		}
		this.#idle.defer(effects.flatMap((effect) => likelyNext(effect, projector)));
		if (effects.some(({ type }) => type === 'leave')) this.#onLeave();
	}

	/** Ends what is under way. */
	stop(): void {
		this.#idle.stop();
	}
}

function isPreparingImage({ type }: Effect): boolean {
	return type === 'prepare-image';
}

function likelyNext(effect: Effect, projector: ExplorerState['projector']): readonly Steps<void>[] {
	return effect.type === 'prepare' ? [projector.prepare(effect.key)] : [];
}
