import type { Highlight, StyleName } from '../../model/line.ts';

/** The codes that turn a look on, and the one that turns it off again (ECMA-48, "Select graphic rendition"). */
export type Look = readonly [on: number | string, off: number];

/** How each meaning looks. */
export type Looks = Readonly<Record<StyleName, readonly Look[]>>;

/** What is written before and behind a text. */
export interface Painting {
	readonly on: string;
	readonly off: string;
}

/** How each meaning looks on an ordinary row, on that under the cursor of the pane that has the keys, and on that of another pane. */
export interface Theme extends Readonly<Record<Highlight, Paintings>> {
	/** Set where the terminal can show nothing but ASCII. */
	readonly isAscii?: true;
}

type Paintings = Readonly<Record<StyleName, Painting>>;

export const bold: Look = [1, 22];
export const dim: Look = [2, 22];
export const underline: Look = [4, 24];
export const inverse: Look = [7, 27];

/** A colour of the terminal's own palette, 0 to 7. */
export function ownColour(index: number): Look {
	return [30 + index, 39];
}

/** A colour of the palette of 256 (xterm control sequences, SGR 38). */
export function colour(index: number): Look {
	return [`38;5;${index}`, 39];
}

export function background(index: number): Look {
	return [`48;5;${index}`, 49];
}

/** A theme of the looks of ordinary rows and of those under the cursor. The row under the cursor of another pane is bold, and has a mark. */
export function themeOf(looks: Looks, cursor: Looks): Theme {
	return {
		none: paintings(looks, (each) => each),
		focused: paintings(cursor, (each) => each),
		unfocused: paintings(looks, (each) => [...each.filter((look) => look !== dim), bold]),
	};
}

function paintings(looks: Looks, change: (each: readonly Look[]) => readonly Look[]): Paintings {
	const painted = Object.entries(looks).map(([style, each]) => [style, paintingOf(change(each))]);
	return Object.fromEntries(painted) as Paintings;
}

function paintingOf(looks: readonly Look[]): Painting {
	const unique = looks.filter((look, index) => looks.indexOf(look) === index);
	return {
		on: unique.map(([code]) => `\u{1B}[${code}m`).join(''),
		off: unique.map(([, code]) => `\u{1B}[${code}m`).join(''),
	};
}
