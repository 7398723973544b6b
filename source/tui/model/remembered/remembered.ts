/** What the user chose by keys or the mouse, for the next run: switches, orders and widths, and nothing of an image. */
export interface Remembered {
	/** Whether the mouse is ours; left out where the user did not say. */
	readonly isMouseOn?: boolean;
	/** Whether long lines of a file are wrapped. */
	readonly isWrapped?: boolean;
	/** What was chosen in each view, and in the list of images at hand, by their names. */
	readonly views: Readonly<Record<string, Choices>>;
}

/** What was chosen in one view. Another version of fathom may have written it, or somebody else. */
export type Choices = Readonly<Record<string, string | number | boolean>>;

export const nothingRemembered: Remembered = { views: {} };

/** What a view remembers. */
export interface Remembering<State> {
	/** The types of the actions by which the user chooses. What else changes the state is no choice, such as a jump. */
	readonly actions: readonly string[];
	readonly choicesOf: (state: State) => Choices;
	/** The state with choices of an earlier run. One that makes no sense is left out. */
	readonly withChoices: (state: State, choices: Choices) => State;
}

/** What is remembered once an action has changed the choices of a view. */
export function rememberChoices(
	remembered: Remembered,
	name: string,
	before: Choices,
	after: Choices,
): Remembered {
	const changed = Object.entries(after).filter(([key, value]) => before[key] !== value);
	if (changed.length === 0) return remembered;
	const views = {
		...remembered.views,
		[name]: { ...remembered.views[name], ...Object.fromEntries(changed) },
	};
	return { ...remembered, views };
}

/** A choice among words; `otherwise` where it is none of them. */
export function wordOf<Word extends string>(value: unknown, words: readonly Word[], otherwise: Word): Word {
	return words.find((word) => word === value) ?? otherwise;
}

/** A choice to do something or not; `otherwise` where it is neither. */
export function switchOf(value: unknown, otherwise: boolean): boolean {
	return typeof value === 'boolean' ? value : otherwise;
}
