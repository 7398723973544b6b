import { nameOfStyle, type StyledLine } from './styled-screen.ts';

/**
 * A screen with its colours as plain text: below each line that has any, one that holds a letter under each character, and at the end what the
 * letters mean.
 */
export function stylesAsText(screen: readonly StyledLine[]): string {
	const letters = new Map<string, string>();
	const lines = screen.flatMap((line) => {
		const text = line.map((run) => run.text).join('');
		const styles = line.map(({ columns, style }) => letterOf(letters, nameOfStyle(style)).repeat(columns));
		const below = styles.join('').trimEnd();
		return below === '' ? [text.trimEnd()] : [text.trimEnd(), below];
	});
	const meanings = [...letters].map(([name, letter]) => `${letter}: ${name}`);
	return `${[...lines, '', ...meanings].join('\n')}\n`;
}

function letterOf(letters: Map<string, string>, style: string): string {
	if (style === '') return ' ';
	const letter = letters.get(style) ?? 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'[letters.size];
	letters.set(style, letter);
	return letter;
}
