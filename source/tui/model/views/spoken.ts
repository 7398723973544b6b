import type { Steps } from '../../../steps.ts';

/**
 * A view in words, for those who have it read aloud: what a column, a colour or a sign tells on the screen is said, and a row begins with what
 * matters. All texts are safe for a terminal.
 */
export interface SpokenView<Shown> {
	/** The details that have to be known before anything can be said. */
	readonly needs: readonly string[];
	/** What it comes to, in a few sentences. */
	readonly summary: (subject: Shown) => readonly string[];
	/** The items that a filter finds; an empty one finds all. */
	readonly rows: (subject: Shown, filter: string) => Steps<SpokenRows>;
	/** The positions, among all items, of those that are called so. */
	readonly called: (subject: Shown, name: string) => Steps<readonly number[]>;
	/** Everything about an item, with what of it a filter finds where it is a long list itself. Null where there is no such item. */
	readonly details: (subject: Shown, index: number, filter: string) => Steps<SpokenDetails | null>;
}

export interface SpokenRows {
	/** How many the filter finds. */
	readonly count: number;
	/** Whether there are none, whatever the filter. */
	readonly isEmpty: boolean;
	/** Why the filter is none; null where it is one. */
	readonly problem: string | null;
	/** What is said where there are none at all. */
	readonly empty: string;
	/** The row at a position among those that are found, with the number by which it is asked for. */
	readonly rowAt: (position: number) => string;
}

export interface SpokenDetails {
	readonly lines: readonly string[];
	/** A list that is part of them; null for none. */
	readonly rows: SpokenRows | null;
}
