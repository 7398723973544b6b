import type { Steps } from '../../steps.ts';
import type { Action } from '../model/action.ts';
import { worksOf } from '../model/effects/ahead-of-time.ts';
import type { Effect } from '../model/effects/effect.ts';
import type { ExplorerServices, RequestEffect, RequestKind } from '../model/effects/requests.ts';
import { IdleWork } from './idle-work.ts';

/** Hears of what is done to the terminal. */
export interface TerminalListener {
	/** The user leaves. */
	readonly onLeave: () => void;
	/** The program stops until the shell continues it. */
	readonly onSuspend: () => void;
	/** The whole screen is drawn anew. */
	readonly onRepaint: () => void;
	/** What the mouse does is ours, or the terminal's. */
	readonly onMouse: (isOn: boolean) => void;
}

export interface EffectListener extends TerminalListener {
	/** Who answers what the explorer asks for. */
	readonly services: ExplorerServices;
	/** Receives the answer of an effect, for the model. */
	readonly onAnswer: (action: Action) => void;
}

/** The one place where effects of the model are run. */
export class EffectRunner {
	readonly #listener: EffectListener;
	readonly #idle = new IdleWork();
	readonly #stopped = new AbortController();
	/** What stops the requests that are not answered yet, by topic. */
	readonly #asked = new Map<string, AbortController>();

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

	/** Drops idle work for what is not shown any more. */
	drop(): void {
		this.#idle.drop();
	}

	/** Drops unfinished work. */
	stop(): void {
		this.#stopped.abort();
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
			case 'mouse':
				this.#listener.onMouse(effect.isOn);
				return null;
			case 'request':
				return this.#request(effect);
			case 'drop':
				for (const topic of this.#asked.keys()) if (topic.startsWith(effect.topic)) this.#drop(topic);
				return null;
			case 'prepare':
				this.#idle.add(effect.projector.prepare(effect.key));
				return null;
			case 'prepare-list':
			case 'prepare-image':
			case 'prepare-difference':
				return this.#prepare(worksOf(effect), effect.done);
		}
	}

	/** An answer that comes too late, or the failure of what was stopped, is nobody's. */
	async #request(effect: RequestEffect<Action>): Promise<Action | null> {
		const { topic } = effect;
		const dropped = new AbortController();
		if (topic !== undefined) {
			this.#drop(topic);
			this.#asked.set(topic, dropped);
		}
		const signal = AbortSignal.any([this.#stopped.signal, dropped.signal]);
		try {
			const answer = await this.#answer(effect, signal);
			return signal.aborted ? null : answer;
		} catch (error) {
			if (signal.aborted) return null;
			throw error;
		} finally {
			if (topic !== undefined && this.#asked.get(topic) === dropped) this.#asked.delete(topic);
		}
	}

	#drop(topic: string): void {
		this.#asked.get(topic)?.abort();
		this.#asked.delete(topic);
	}

	#answer<Kind extends RequestKind>(
		effect: RequestEffect<Action, Kind>,
		signal: AbortSignal,
	): Promise<Action> {
		const services: ExplorerServices = this.#listener.services;
		return services[effect.kind](effect.ask, signal).then(effect.answered);
	}

	async #prepare(works: readonly Steps<void>[], done: Action): Promise<Action | null> {
		const areDone = await Promise.all(works.map((steps) => this.#idle.add(steps)));
		return areDone.every((isDone) => isDone) ? done : null;
	}
}
