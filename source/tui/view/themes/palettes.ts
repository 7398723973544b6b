import type { StyleName } from '../../model/line.ts';
import {
	background,
	bold,
	colour,
	inverse,
	type Look,
	type Looks,
	type Theme,
	themeOf,
	underline,
} from './theme.ts';

/** Colours of the palette of 256 for backgrounds of a certain brightness. */
export interface Palette {
	/** The colour of each meaning; null: the terminal's own. */
	readonly colours: Readonly<Record<Exclude<StyleName, 'caret' | 'match'>, number | null>>;
	/** The background that the cursor's row has in a theme of the opposite brightness. */
	readonly ground: number;
	/** The relative luminance (WCAG 2.2) of the backgrounds that each colour can be read on. */
	readonly backgrounds: { readonly least: number; readonly most: number };
}

const bolds: readonly StyleName[] = ['strong', 'heading', 'directory', 'bad'];

const dark: Palette = {
	colours: {
		plain: null,
		faint: 249,
		strong: null,
		heading: 80,
		rule: 247,
		key: 80,
		bar: 111,
		good: 114,
		bad: 210,
		warning: 179,
		added: 114,
		content: 179,
		metadata: 80,
		identical: 176,
		removed: 210,
		directory: null,
		word: 176,
		text: 114,
		number: 80,
		comment: 249,
		called: 111,
	},
	ground: 234,
	backgrounds: { least: 0, most: 0.036 },
};

const light: Palette = {
	colours: {
		plain: null,
		faint: 240,
		strong: null,
		heading: 24,
		rule: 241,
		key: 24,
		bar: 25,
		good: 22,
		bad: 124,
		warning: 94,
		added: 22,
		content: 94,
		metadata: 24,
		identical: 90,
		removed: 124,
		directory: null,
		word: 90,
		text: 22,
		number: 24,
		comment: 240,
		called: 25,
	},
	ground: 255,
	backgrounds: { least: 0.78, most: 1 },
};

const clearDark: Palette = {
	colours: {
		plain: 231,
		faint: 252,
		strong: 231,
		heading: 231,
		rule: 252,
		key: 116,
		bar: 153,
		good: 120,
		bad: 217,
		warning: 222,
		added: 120,
		content: 222,
		metadata: 116,
		identical: 219,
		removed: 217,
		directory: 231,
		word: 219,
		text: 120,
		number: 116,
		comment: 252,
		called: 153,
	},
	ground: 16,
	backgrounds: { least: 0, most: 0.028 },
};

const clearLight: Palette = {
	colours: {
		plain: 16,
		faint: 238,
		strong: 16,
		heading: 16,
		rule: 238,
		key: 18,
		bar: 19,
		good: 22,
		bad: 88,
		warning: 54,
		added: 22,
		content: 54,
		metadata: 18,
		identical: 53,
		removed: 88,
		directory: 16,
		word: 53,
		text: 22,
		number: 18,
		comment: 238,
		called: 19,
	},
	ground: 231,
	backgrounds: { least: 0.88, most: 1 },
};

/** A theme for a terminal of the one brightness: the row under the cursor has the colours of the other. */
export interface PaletteTheme {
	readonly palette: Palette;
	readonly cursor: Palette;
	readonly theme: Theme;
}

export const darkTheme = paletteTheme(dark, light);
export const lightTheme = paletteTheme(light, dark);
export const clearDarkTheme = paletteTheme(clearDark, clearLight);
export const clearLightTheme = paletteTheme(clearLight, clearDark);

function paletteTheme(palette: Palette, cursor: Palette): PaletteTheme {
	// Black or white, where the terminal's own colour would be that of the other background.
	const text = colour(cursor.backgrounds.least > 0 ? 16 : 231);
	const onCursor = (own: number | null): readonly Look[] => [
		background(cursor.ground),
		own === null ? text : colour(own),
	];
	const looks = looksOf(palette, (own) => (own === null ? [] : [colour(own)]));
	const theme = themeOf(looks, looksOf(cursor, onCursor));
	return { palette, cursor, theme };
}

function looksOf({ colours }: Palette, look: (own: number | null) => readonly Look[]): Looks {
	const entries = Object.entries(colours).map(([style, own]) => [
		style,
		[...look(own), ...(bolds.includes(style as StyleName) ? [bold] : [])],
	]);
	const match = [...look(colours.plain), underline, bold];
	return { ...Object.fromEntries(entries), caret: [inverse], match } as Looks;
}
