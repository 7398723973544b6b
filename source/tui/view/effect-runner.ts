import type { ExplorerState } from '../model/state.ts';

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
	run({ effects, projector }: ExplorerState): void {
		clearTimeout(this.#idleTimer);
		for (const effect of effects) {
			switch (effect.type) {
				case 'leave':
					this.#onLeave();
					break;
				case 'prepare':
					this.#idleTimer = setTimeout(() => projector.prepare(effect.key), IDLE_MILLISECONDS).unref();
			}
		}
	}
}
