import type { Steps } from '../../steps.ts';
import type { Action } from '../model/action.ts';
import { worksOf } from '../model/ahead-of-time.ts';
import type { Effect } from '../model/effect.ts';
import { IdleWork } from './idle-work.ts';

/** Hears of what is done to the terminal. */
export interface TerminalListener {
	/** The user leaves. */
	readonly onLeave: () => void;
	/** The program stops until the shell continues it. */
	readonly onSuspend: () => void;
	/** The whole screen is drawn anew. */
	readonly onRepaint: () => void;
}

export interface EffectListener extends TerminalListener {
	/** Receives the answer of an effect, for the model. */
	readonly onAnswer: (action: Action) => void;
}

/** The one place where effects of the model are run. */
export class EffectRunner {
	readonly #listener: EffectListener;
	readonly #idle = new IdleWork();

	constructor(listener: EffectListener) {
		this.#listener = listener;
	}

	/** Runs what the last action asked for. Unfinished idle work of earlier actions is dropped. */
	run(effects: readonly Effect<Action>[]): void {
		this.#idle.drop();
		for (const effect of effects) {
			this.#run(effect)?.then((answer) => {
				if (answer !== null) this.#listener.onAnswer(answer);
			});
		}
	}

	/** Drops unfinished work. */
	stop(): void {
		this.#idle.drop();
	}

	/** Runs one effect. Resolves to its answer, or to null if it was dropped; null for an effect without an answer. */
	#run(effect: Effect<Action>): Promise<Action | null> | null {
		switch (effect.type) {
			case 'leave':
				this.#listener.onLeave();
				return null;
			case 'suspend':
				this.#listener.onSuspend();
				return null;
			case 'repaint':
				this.#listener.onRepaint();
				return null;
			case 'prepare':
				this.#idle.add(effect.projector.prepare(effect.key));
				return null;
			case 'prepare-image':
			case 'prepare-difference':
				return this.#prepare(worksOf(effect), effect.done);
		}
	}

	async #prepare(works: readonly Steps<void>[], done: Action): Promise<Action | null> {
		const areDone = await Promise.all(works.map((steps) => this.#idle.add(steps)));
		return areDone.every((isDone) => isDone) ? done : null;
	}
}
