import type { TextProps } from 'ink';
import type { StyleName } from '../model/line.ts';

export type TextStyle = Pick<TextProps, 'color' | 'bold' | 'dimColor' | 'inverse'>;

/** How each meaning looks. */
export type Theme = Readonly<Record<StyleName, TextStyle>>;

/** Only the colours that every terminal's own palette has, so that light and dark ones both stay readable. */
export const colourTheme: Theme = {
	plain: {},
	faint: { dimColor: true },
	strong: { bold: true },
	heading: { color: 'cyan', bold: true },
	rule: { dimColor: true },
	key: { color: 'cyan' },
	bar: { color: 'blue' },
	good: { color: 'green' },
	bad: { color: 'red' },
	warning: { color: 'yellow' },
	added: { color: 'green' },
	content: { color: 'yellow' },
	metadata: { color: 'cyan' },
	identical: { color: 'magenta' },
	removed: { color: 'red' },
	directory: { bold: true },
	caret: { inverse: true },
};

/** Without colour: letters, signs, weight and inverse text say the same. */
export const plainTheme: Theme = {
	plain: {},
	faint: { dimColor: true },
	strong: { bold: true },
	heading: { bold: true },
	rule: { dimColor: true },
	key: { bold: true },
	bar: {},
	good: {},
	bad: { bold: true },
	warning: { bold: true },
	added: {},
	content: {},
	metadata: {},
	identical: {},
	removed: {},
	directory: { bold: true },
	caret: { inverse: true },
};
