import type { TableLayout } from '../../text/table.ts';
import { cellWidth } from '../../text/width.ts';

/** The lines of a text, the first one behind `first`, and the others as far to the right; one line where lines may be as long as they need. */
export function wrapWords(text: string, first: string, { width }: Pick<TableLayout, 'width'>): string[] {
	const indent = ' '.repeat(cellWidth(first));
	const lines: string[] = [];
	let line = '';
	for (const word of text.split(' ')) {
		const longer = line === '' ? word : `${line} ${word}`;
		if (line !== '' && width !== null && indent.length + cellWidth(longer) > width) {
			lines.push(line);
			line = word;
		} else line = longer;
	}
	return [...lines, line].map((each, index) => `${index === 0 ? first : indent}${each}`);
}
