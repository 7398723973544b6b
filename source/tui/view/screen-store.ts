import { holdWork } from '../../steps.ts';
import type { Action } from '../model/action.ts';
import { pasteIntoHome } from '../model/home/home-keys.ts';
import { type HomeState, rememberHome } from '../model/home/home-state.ts';
import type { KeyName } from '../model/key-binding.ts';
import { actionFor, characterOf, pasteText, pressKey } from '../model/keys.ts';
import type { Size } from '../model/layout.ts';
import { type PointerEvent, pointAt } from '../model/pointing/point-at.ts';
import { newReading, type ReadingImage, withReading } from '../model/reading.ts';
import {
	type ExplorerChoices,
	initialState,
	withProgress,
	withSubject,
} from '../model/shown/show-subject.ts';
import type { ExplorerState } from '../model/state.ts';
import type { Subject } from '../model/subject.ts';
import { isTerminalAction, update } from '../model/update.ts';
import { EffectRunner, type TerminalListener } from './effect-runner.ts';
import { type HomeListener, leadsHome, leavesReading, pressAtHome, tellHome } from './home/press-at-home.ts';
import { resized } from './resized.ts';
import type { ScreenOffer, ScreenState } from './screen-state.ts';

/** Holds the state of the screen. */
export class ScreenStore {
	/** Whether Ctrl-C ended the reading, so that nothing was shown. */
	isInterrupted = false;
	#state: ScreenState;
	readonly #listeners = new Set<() => void>();
	readonly #effects: EffectRunner;
	/** Whether keys and pastes are taken: not what follows the key that gives the terminal away. */
	#isListening = true;
	/** What the next image begins with. */
	#choices: ExplorerChoices;
	#size: Size = { columns: 80, rows: 24 };
	readonly #takeNotice: ScreenOffer['takeNotice'];
	/** Keys that mean nothing while an image is read: they are for what is shown then. */
	readonly #typedAhead: KeyName[] = [];
	/** Who hears of the list of images; null where none is shown. */
	#homeListener: HomeListener | null = null;
	/** Null where there is nothing to go back to. */
	#onReturn: (() => void) | null = null;

	constructor(
		references: readonly string[],
		{ onLeave, onSuspend, onRepaint, onMouse }: TerminalListener,
		{ services, choices, takeNotice }: ScreenOffer,
	) {
		this.#choices = choices;
		this.#takeNotice = takeNotice;
		this.#state = { kind: 'reading', reading: newReading(references) };
		this.#effects = new EffectRunner({
			onLeave: () => this.#giveAway(onLeave),
			onSuspend: () => this.#giveAway(onSuspend),
			onRepaint,
			onMouse,
			services,
			onAnswer: (action) => this.#update(action),
		});
	}

	readonly current = (): ScreenState => this.#state;

	readonly subscribe = (listener: () => void): (() => void) => {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	};

	/** Shows the images at hand, or what is new about them. */
	showHome(home: HomeState, listener: HomeListener): void {
		this.#homeListener = listener;
		this.#effects.drop();
		this.#set({ kind: 'home', home });
	}

	/** Changes the list of images at hand, where it is shown. */
	updateHome(change: (home: HomeState) => HomeState): void {
		if (this.#state.kind === 'home') this.#set({ kind: 'home', home: change(this.#state.home) });
	}

	/** Gets that the user goes back to where they were before what is shown. */
	listenForReturn(listener: () => void): void {
		this.#onReturn = listener;
	}

	/** Shows what is new about the reading of one of the images. */
	showReading(news: Partial<ReadingImage>, image: number): void {
		if (this.#state.kind === 'reading') {
			this.#set({ kind: 'reading', reading: withReading(this.#state.reading, image, news) });
			return;
		}
		const { progress, elapsedSeconds } = news;
		if (progress !== undefined && progress !== null)
			this.change((explorer) => withProgress(explorer, progress, elapsedSeconds));
	}

	/** Shows a subject, or what more is known about the same one. */
	show(subject: Subject, size: Size): void {
		const explorer =
			this.#state.kind === 'exploring'
				? withSubject(this.#state.explorer, subject)
				: { ...initialState(subject, size, this.#choices), message: this.#takeNotice() };
		this.#set({ kind: 'exploring', explorer });
		this.#effects.run(explorer.effects);
		if (this.#typedAhead.length > 0) this.press(this.#typedAhead.splice(0));
	}

	/** Changes the explorer, where it is shown. */
	change(change: (explorer: ExplorerState) => ExplorerState): void {
		if (this.#state.kind === 'exploring') this.#setExplorer(change(this.#state.explorer));
	}

	/** The same, and does what comes of it. */
	act(change: (explorer: ExplorerState) => ExplorerState): void {
		this.change((explorer) => {
			const changed = change(explorer);
			if (changed !== explorer) this.#effects.run(changed.effects);
			return changed;
		});
	}

	/** Keys that arrive together are drawn together. */
	press(keys: readonly KeyName[]): void {
		holdWork();
		let state = this.#state;
		for (const [index, key] of keys.entries()) {
			if (!this.#isListening) break;
			// A letter may be text for what a key before it opens.
			const isBehind = state.kind === 'reading' && index > 0 && this.#typedAhead.length > 0;
			if (isBehind && characterOf(key) !== null) this.#typedAhead.push(key);
			else state = this.#pressed(state, key);
		}
		if (state.kind === 'home') this.#set(state);
		if (state.kind === 'exploring') this.#setExplorer(state.explorer);
	}

	/** Takes text that was pasted. */
	paste(text: string): void {
		if (!this.#isListening) return;
		if (this.#state.kind === 'home')
			this.#set({ kind: 'home', home: pasteIntoHome(this.#state.home, text, this.#size) });
		this.act((explorer) => pasteText(explorer, text));
	}

	/** Takes what the mouse does. */
	point(event: PointerEvent): void {
		if (this.#isListening) this.act((explorer) => pointAt(explorer, event));
	}

	/** Whether the mouse is ours. */
	get isMouseOn(): boolean {
		return this.#state.kind === 'exploring' ? this.#state.explorer.isMouseOn : this.#choices.isMouseOn;
	}

	/** What the user chose, in this run and before. */
	get choices(): ExplorerChoices {
		return this.#choices;
	}

	/** Takes what the user chose elsewhere. */
	adopt(choices: ExplorerChoices): void {
		const { remembered, isMouseOn } = choices;
		this.#choices = choices;
		this.change((explorer) => ({ ...explorer, remembered, isMouseOn }));
	}

	listen(): void {
		this.#isListening = true;
	}

	/** Drops unfinished work ahead of time. */
	close(): void {
		this.#effects.stop();
	}

	resize(size: Size): void {
		this.#size = size;
		this.act((explorer) => resized(explorer, size));
	}

	/** Takes the answer of an effect. */
	#update(action: Action): void {
		this.act((explorer) => {
			const answered = update(explorer, action);
			const { message } = explorer;
			// What is said stays until the next key.
			return answered !== explorer && answered.message === null ? { ...answered, message } : answered;
		});
	}

	/** The state after a key. Runs its effects. */
	#pressed(state: ScreenState, key: KeyName): ScreenState {
		if (state.kind === 'home') return this.#pressedAtHome(state.home, key);
		const { keymap } = this.#choices;
		const isOut = state.kind === 'reading' ? leavesReading(keymap, key) : leadsHome(state.explorer, key);
		if (this.#onReturn !== null && isOut) {
			this.#typedAhead.length = 0;
			this.#onReturn();
			return this.#state;
		}
		if (state.kind === 'reading') {
			if (key === 'ctrl-c') this.isInterrupted = true;
			const action = actionFor(keymap, 'reading', key);
			if (action !== null && isTerminalAction(action)) this.#effects.run([action]);
			else this.#typedAhead.push(key);
			return state;
		}
		const explorer = pressKey(state.explorer, key);
		if (explorer === state.explorer) return state;
		this.#effects.run(explorer.effects);
		return { kind: 'exploring', explorer };
	}

	#pressedAtHome(home: HomeState, key: KeyName): ScreenState {
		const step = pressAtHome(home, key, { keymap: this.#choices.keymap, size: this.#size });
		if (step.kind === 'terminal') this.#effects.run([step.effect]);
		else if (this.#homeListener !== null) tellHome(step, this.#homeListener);
		if (step.kind !== 'changed') return this.#state;
		const remembered = rememberHome(this.#choices.remembered, home, step.home);
		this.#choices = { ...this.#choices, remembered };
		return { kind: 'home', home: step.home };
	}

	#giveAway(toWhom: () => void): void {
		this.#isListening = false;
		toWhom();
	}

	#setExplorer(explorer: ExplorerState): void {
		if (this.#state.kind === 'exploring' && this.#state.explorer === explorer) return;
		const { remembered, isMouseOn } = explorer;
		this.#choices = { ...this.#choices, remembered, isMouseOn };
		this.#set({ kind: 'exploring', explorer });
	}

	#set(state: ScreenState): void {
		this.#state = state;
		for (const listener of this.#listeners) listener();
	}
}
