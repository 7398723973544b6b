import type { Action } from '../model/action.ts';
import type { KeyName } from '../model/key-binding.ts';
import { actionFor, pasteText, pressKey } from '../model/keys.ts';
import type { Size } from '../model/layout.ts';
import { newReading, type ReadingImage, type ReadingState, withReading } from '../model/reading.ts';
import { initialState, withProgress, withSubject } from '../model/show-subject.ts';
import type { ExplorerState } from '../model/state.ts';
import type { Subject } from '../model/subject.ts';
import { isTerminalAction, update } from '../model/update.ts';
import { EffectRunner, type TerminalListener } from './effect-runner.ts';

/** What the terminal shows: first the progress of reading, then the explorer. */
export type ScreenState =
	| { readonly kind: 'reading'; readonly reading: ReadingState }
	| { readonly kind: 'exploring'; readonly explorer: ExplorerState };

/** Holds the state of the screen. */
export class ScreenStore {
	#state: ScreenState;
	readonly #listeners = new Set<() => void>();
	readonly #effects: EffectRunner;
	/** Whether keys and pastes are taken: not what follows the key that gives the terminal away. */
	#isListening = true;
	#isInterrupted = false;

	constructor(references: readonly string[], { onLeave, onSuspend, onRepaint }: TerminalListener) {
		this.#state = { kind: 'reading', reading: newReading(references) };
		this.#effects = new EffectRunner({
			onLeave: () => this.#giveAway(onLeave),
			onSuspend: () => this.#giveAway(onSuspend),
			onRepaint,
			onAnswer: (action) => this.#update(action),
		});
	}

	readonly current = (): ScreenState => this.#state;

	readonly subscribe = (listener: () => void): (() => void) => {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	};

	/** Shows what is new about the reading of one of the images. */
	showReading(news: Partial<ReadingImage>, image: number): void {
		if (this.#state.kind === 'reading') {
			this.#set({ kind: 'reading', reading: withReading(this.#state.reading, image, news) });
			return;
		}
		const { progress } = news;
		if (progress !== undefined && progress !== null)
			this.#setExplorer(withProgress(this.#state.explorer, progress));
	}

	/** Shows a subject, or what more is known about the same one. */
	show(subject: Subject, size: Size): void {
		const explorer =
			this.#state.kind === 'exploring'
				? withSubject(this.#state.explorer, subject)
				: initialState(subject, size);
		this.#set({ kind: 'exploring', explorer });
		this.#effects.run(explorer.effects);
	}

	/** Keys that arrive together are drawn together. */
	press(keys: readonly KeyName[]): void {
		let state = this.#state;
		for (const key of keys) {
			if (!this.#isListening) break;
			state = this.#pressed(state, key);
		}
		if (state.kind === 'exploring') this.#setExplorer(state.explorer);
	}

	/** Takes text that was pasted. */
	paste(text: string): void {
		if (!this.#isListening || this.#state.kind === 'reading') return;
		const explorer = pasteText(this.#state.explorer, text);
		this.#effects.run(explorer.effects);
		this.#setExplorer(explorer);
	}

	/** Takes keys again. */
	listen(): void {
		this.#isListening = true;
	}

	/** Whether Ctrl-C ended the reading, so that nothing was shown. */
	get isInterrupted(): boolean {
		return this.#isInterrupted;
	}

	/** Drops unfinished work ahead of time. */
	close(): void {
		this.#effects.stop();
	}

	resize(size: Size): void {
		if (this.#state.kind !== 'exploring') return;
		this.#setExplorer(resized(this.#state.explorer, size));
	}

	/** Takes the answer of an effect. */
	#update(action: Action): void {
		if (this.#state.kind !== 'exploring') return;
		const explorer = update(this.#state.explorer, action);
		this.#effects.run(explorer.effects);
		this.#setExplorer(explorer);
	}

	/** The state after a key. Runs its effects. */
	#pressed(state: ScreenState, key: KeyName): ScreenState {
		if (state.kind === 'reading') {
			if (key === 'ctrl-c') this.#isInterrupted = true;
			const action = actionFor('reading', key);
			if (action !== null && isTerminalAction(action)) this.#effects.run([action]);
			return state;
		}
		const explorer = pressKey(state.explorer, key);
		if (explorer === state.explorer) return state;
		this.#effects.run(explorer.effects);
		return { kind: 'exploring', explorer };
	}

	#giveAway(toWhom: () => void): void {
		this.#isListening = false;
		toWhom();
	}

	#setExplorer(explorer: ExplorerState): void {
		if (this.#state.kind === 'exploring' && this.#state.explorer === explorer) return;
		this.#set({ kind: 'exploring', explorer });
	}

	#set(state: ScreenState): void {
		this.#state = state;
		for (const listener of this.#listeners) listener();
	}
}

/** The state on a screen of this size; the same state if the size is the same. */
export function resized(explorer: ExplorerState, size: Size): ExplorerState {
	const { columns, rows } = explorer.size;
	if (columns === size.columns && rows === size.rows) return explorer;
	return update(explorer, { type: 'resize', size });
}
