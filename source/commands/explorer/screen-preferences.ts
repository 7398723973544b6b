import { plain } from '../../text/paint.ts';
import type { ScreenPreferences } from '../../tui/view/screen-preferences.ts';
import type { CommandContext } from '../command.ts';

/** How the explorer looks and listens: as the settings say, and what they leave open as the terminal asks for. Throws `settings` for keys that do not work. */
export async function screenPreferencesOf({
	settings,
	layout,
	host,
	onNote,
}: Pick<CommandContext, 'settings' | 'layout' | 'host' | 'onNote'>): Promise<ScreenPreferences> {
	// The table of keys brings all views.
	const { keysInForce } = await import('./keys-in-force.ts');
	const { rememberChoices, rememberedChoices } = await import('./remembered-choices.ts');
	const { environment } = host;
	const remembered = rememberedChoices(host, settings);
	const isColoured = layout.paint !== plain;
	return {
		theme: settings.theme,
		colours: !isColoured ? 0 : hasManyColours(environment) ? 256 : 16,
		isAscii: settings.ascii ?? showsAsciiAlone(environment),
		isMouseOn: settings.mouse ?? remembered.isMouseOn ?? true,
		remembered,
		onRemember: (choices) => {
			if (settings.cache) rememberChoices(choices, host, onNote);
		},
		keymap: keysInForce(settings),
	};
}

type Environment = CommandContext['host']['environment'];

/** Whether the terminal says that it has 256 colours, or more. */
function hasManyColours({ COLORTERM = '', TERM = '' }: Environment): boolean {
	return /^(?:truecolor|24bit)$/.test(COLORTERM) || /256|direct|^xterm-kitty|^alacritty/.test(TERM);
}

/**
 * Whether the terminal has no more signs than ASCII: the console of Linux has few others, and a locale that names another encoding than
 * UTF-8 means it (POSIX.1-2017, 8.2, for which variable counts). Without any locale, as in most containers, UTF-8 is taken for granted.
 */
export function showsAsciiAlone({ TERM, LC_ALL, LC_CTYPE, LANG }: Environment): boolean {
	const locale = LC_ALL || LC_CTYPE || LANG || '';
	return TERM === 'linux' || (locale !== '' && !/utf-?8/i.test(locale));
}
