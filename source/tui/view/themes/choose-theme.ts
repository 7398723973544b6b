import { type Colour, luminanceOf } from './contrast.ts';
import { clearTheme, ownColourTheme, plainTheme } from './own-colours.ts';
import { clearDarkTheme, clearLightTheme, darkTheme, lightTheme, type PaletteTheme } from './palettes.ts';
import type { Theme } from './theme.ts';

/** What the user chose; `auto`: what the terminal's background asks for. */
export type ThemeName = 'auto' | 'dark' | 'light' | 'high-contrast' | '16';

export interface ThemeNeeds {
	readonly theme: ThemeName;
	/** How many colours may be used: none with NO_COLOR. */
	readonly colours: 0 | 16 | 256;
	/** The background of the terminal; null while it is not known. */
	readonly background: Colour | null;
	/** Whether the terminal can show nothing but ASCII. */
	readonly isAscii: boolean;
}

/** The theme to draw with. What can only be chosen by a background that is not known has no colours of its own until it is. */
export function chooseTheme(needs: ThemeNeeds): Theme {
	const theme = colouredTheme(needs);
	return needs.isAscii ? { ...theme, isAscii: true } : theme;
}

function colouredTheme({ theme: name, colours, background }: ThemeNeeds): Theme {
	if (colours === 0) return name === 'high-contrast' ? clearTheme : plainTheme;
	if (name === 'high-contrast') {
		const fitting = colours === 256 ? readableOn(background, [clearDarkTheme, clearLightTheme]) : null;
		return fitting?.theme ?? clearTheme;
	}
	if (colours === 16 || name === '16') return ownColourTheme;
	if (name !== 'auto') return (name === 'dark' ? darkTheme : lightTheme).theme;
	return readableOn(background, [darkTheme, lightTheme])?.theme ?? ownColourTheme;
}

/** Whether the theme depends on the terminal's background. */
export function needsBackground({ theme, colours }: Pick<ThemeNeeds, 'theme' | 'colours'>): boolean {
	return colours === 256 && (theme === 'auto' || theme === 'high-contrast');
}

function readableOn(background: Colour | null, themes: readonly PaletteTheme[]): PaletteTheme | null {
	if (background === null) return null;
	const luminance = luminanceOf(background);
	const fits = ({ palette }: PaletteTheme) =>
		luminance >= palette.backgrounds.least && luminance <= palette.backgrounds.most;
	return themes.find(fits) ?? null;
}
