import type { Keymap } from '../model/keymap.ts';
import type { Remembered } from '../model/remembered/remembered.ts';
import type { ThemeName } from './themes/choose-theme.ts';

/** What the user and the terminal say about how the screen looks. */
export interface ScreenPreferences {
	readonly theme: ThemeName;
	/** How many colours may be used. */
	readonly colours: 0 | 16 | 256;
	/** Whether only ASCII may be drawn. */
	readonly isAscii: boolean;
	/** Whether the mouse chooses rows from the start. */
	readonly isMouseOn: boolean;
	/** What the user chose the last time. */
	readonly remembered: Remembered;
	/** Is told once, when the terminal is as it was before, what the user has chosen; not where that is nothing new. */
	readonly onRemember: (remembered: Remembered) => void;
	/** The keys in force. */
	readonly keymap: Keymap;
}
