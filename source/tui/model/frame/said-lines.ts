import { fitLine } from '../cells.ts';
import { FOOTER_ROWS } from '../layout.ts';
import { type Line, span } from '../line.ts';
import type { ExplorerState } from '../state.ts';
import { wrapWhole } from './wrap-whole.ts';

/** What is said in the footer, nothing for no message. What is wrong with a filter that is typed has both lines where one is too short for it. */
export function saidLines({
	message,
	prompt,
	size,
}: Pick<ExplorerState, 'message' | 'prompt' | 'size'>): readonly Line[] {
	if (message === null) return [];
	const most = prompt === null ? 1 : FOOTER_ROWS;
	const lines = most === 1 ? [message] : wrapWhole(message, size.columns - 1);
	const shown = lines.length <= most ? lines : [...lines.slice(0, most - 1), lines.slice(most - 1).join(' ')];
	return shown.map((line) => fitLine([span(` ${line}`, 'strong')], size.columns));
}
