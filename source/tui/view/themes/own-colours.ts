import { bold, dim, inverse, type Look, type Looks, ownColour, themeOf, underline } from './theme.ts';

const red = ownColour(1);
const green = ownColour(2);
const yellow = ownColour(3);
const blue = ownColour(4);
const magenta = ownColour(5);
const cyan = ownColour(6);

const uncoloured: Looks = {
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
	match: [underline, bold],
	word: [],
	text: [],
	number: [],
	comment: [dim],
	called: [],
};

const coloured: Looks = {
	...uncoloured,
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
	word: [magenta],
	text: [green],
	number: [cyan],
	called: [blue],
};

/** Without colour: letters, signs, weight and inverse text say the same. */
export const plainTheme = themeOf(uncoloured, inverted(uncoloured));

/** The same for who needs high contrast, while the background is not known: nothing is dim. */
export const clearTheme = themeOf(withoutDim(uncoloured), inverted(uncoloured));

/** Only the colours that every terminal's own palette has, so that light and dark ones both stay readable. */
export const ownColourTheme = themeOf(coloured, inverted(coloured));

/** Inverse text has the contrast that it had before. */
function inverted(looks: Looks): Looks {
	return changed(withoutDim(looks), (each) => [inverse, bold, ...each]);
}

function withoutDim(looks: Looks): Looks {
	return changed(looks, (each) => each.filter((look) => look !== dim));
}

function changed(looks: Looks, change: (each: readonly Look[]) => readonly Look[]): Looks {
	return Object.fromEntries(Object.entries(looks).map(([style, each]) => [style, change(each)])) as Looks;
}
