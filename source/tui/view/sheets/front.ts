import type { KeyName } from '../../model/key-binding.ts';
import type { Keymap } from '../../model/keymap.ts';
import type { Size } from '../../model/layout.ts';
import type { PointerEvent } from '../../model/pointing/point-at.ts';
import type { ExplorerChoices } from '../../model/shown/show-subject.ts';
import type { ScreenState } from '../screen-state.ts';
import type { ScreenStore } from '../screen-store.ts';

/** The sheet that the terminal shows, of several: what the user does is for that one. */
export class Front {
	#store: ScreenStore;
	#size: Size | null = null;
	readonly #listeners = new Set<() => void>();
	#unsubscribe: () => void;

	constructor(store: ScreenStore) {
		this.#store = store;
		this.#unsubscribe = store.subscribe(this.#tell);
	}

	readonly current = (): ScreenState => this.#store.current();

	readonly subscribe = (listener: () => void): (() => void) => {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	};

	/** Shows another sheet. */
	turnTo(store: ScreenStore): void {
		this.#unsubscribe();
		store.adopt(this.#store.choices);
		this.#store = store;
		this.#unsubscribe = store.subscribe(this.#tell);
		if (this.#size !== null) store.resize(this.#size);
		this.#tell();
	}

	/** What the user chose, in this run and before. */
	get choices(): ExplorerChoices {
		return this.#store.choices;
	}

	get keymap(): Keymap {
		return this.#store.choices.keymap;
	}

	get isMouseOn(): boolean {
		return this.#store.isMouseOn;
	}

	/** Whether Ctrl-C ended the reading, so that nothing was shown. */
	get isInterrupted(): boolean {
		return this.#store.isInterrupted;
	}

	press(keys: readonly KeyName[]): void {
		this.#store.press(keys);
	}

	paste(text: string): void {
		this.#store.paste(text);
	}

	point(event: PointerEvent): void {
		this.#store.point(event);
	}

	listen(): void {
		this.#store.listen();
	}

	resize(size: Size): void {
		this.#size = size;
		this.#store.resize(size);
	}

	readonly #tell = (): void => {
		for (const listener of this.#listeners) listener();
	};
}
