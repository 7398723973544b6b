import type { StyleName } from '../model/line.ts';

/** The number that turns a look on, and the one that turns it off again (ECMA-48, "Select graphic rendition"). */
export type Look = readonly [on: number, off: number];

/** How each meaning looks. */
export type Theme = Readonly<Record<StyleName, readonly Look[]>>;

const bold: Look = [1, 22];
const dim: Look = [2, 22];
const inverse: Look = [7, 27];
const red: Look = [31, 39];
const green: Look = [32, 39];
const yellow: Look = [33, 39];
const blue: Look = [34, 39];
const magenta: Look = [35, 39];
const cyan: Look = [36, 39];

/** The row under the cursor in the pane with the focus, and in any other pane. */
export const highlightLooks = { focused: [inverse, bold], unfocused: [inverse, dim] } as const;

/** Without colour: letters, signs, weight and inverse text say the same. */
export const plainTheme: Theme = {
	plain: [],
	faint: [dim],
	strong: [bold],
	heading: [bold],
	rule: [dim],
	key: [bold],
	bar: [],
	good: [],
	bad: [bold],
	warning: [bold],
	added: [],
	content: [],
	metadata: [],
	identical: [],
	removed: [],
	directory: [bold],
	caret: [inverse],
};

/** Only the colours that every terminal's own palette has, so that light and dark ones both stay readable. */
export const colourTheme: Theme = {
	...plainTheme,
	heading: [cyan, bold],
	key: [cyan],
	bar: [blue],
	good: [green],
	bad: [red],
	warning: [yellow],
	added: [green],
	content: [yellow],
	metadata: [cyan],
	identical: [magenta],
	removed: [red],
};
