import { asciiOf } from '../../../text/ascii.ts';
import type { Line } from '../../model/line.ts';
import type { Theme } from '../themes/theme.ts';

/** A line with the escape sequences of its looks. */
export function paintLine({ spans, highlight }: Line, theme: Theme): string {
	const { isAscii, [highlight]: paintings } = theme;
	let painted = '';
	for (const { text, style } of spans) {
		if (text === '') continue;
		const { on, off } = paintings[style];
		painted += on + (isAscii ? asciiOf(text) : text) + off;
	}
	return painted;
}
