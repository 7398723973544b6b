import type { CommandName } from '../commands.ts';
import type { SettingDefinition } from '../setting-definition.ts';
import { choiceType, switchType } from '../value-types.ts';

const themeNames = ['auto', 'dark', 'light', 'high-contrast', '16'] as const;

/** The commands that open the explorer. */
const commands: readonly CommandName[] = ['explore', 'diff', 'demo'];

/** How the explorer looks and listens. */
export const screenSettings = [
	{
		name: 'plain',
		key: 'plain',
		type: switchType,
		default: null,
		flag: { summary: 'print text and take commands by line', commands },
		notInFile: null,
		docs: {
			unset: 'where `INK_SCREEN_READER` is `true`',
			meaning:
				'[print the views as text and take commands by line](plain.md), as a screen reader needs it, in place of drawing the explorer',
		},
	},
	{
		name: 'theme',
		key: 'theme',
		type: choiceType(themeNames),
		default: 'auto',
		flag: { summary: 'auto, dark, light, high-contrast or 16', commands },
		notInFile: null,
		docs: {
			meaning:
				'the colours of the explorer: `dark`, `light`, `high-contrast`, or `16` for the colours that the terminal gives; `auto` asks the terminal for its background and takes `dark` or `light`, or `16` where it does not answer or has fewer than 256 colours',
		},
	},
	{
		name: 'ascii',
		key: 'ascii',
		type: switchType,
		default: null,
		flag: { summary: 'draw the explorer with ASCII alone', commands },
		notInFile: null,
		docs: {
			unset: 'where `TERM` is `linux`, or the locale is not in UTF-8',
			meaning: 'draw the explorer with ASCII alone; what else is in a name is shown as `?`',
		},
	},
	{
		name: 'mouse',
		key: 'mouse',
		type: switchType,
		default: null,
		flag: { summary: 'leave the mouse to the terminal', commands, isOn: true },
		notInFile: null,
		docs: {
			unset: 'as `M` left it the last time, at first true',
			meaning:
				'whether [the mouse](keys.md#mouse) chooses rows in the explorer; `--no-mouse` means false, so that the terminal selects text with it',
		},
	},
] as const satisfies readonly SettingDefinition[];
