import { commandHints, contextOf } from '../keys.ts';
import { FOOTER_ROWS, isTooSmall } from '../layout.ts';
import type { Line } from '../line.ts';
import { helpFrame } from '../overlays/help.ts';
import { promptLine } from '../overlays/prompt.ts';
import { drawView, filterOf } from '../shown-view.ts';
import type { ExplorerState } from '../state.ts';
import { type FrameColumn, fillLines } from './frame-column.ts';
import { hintLine } from './hint-line.ts';
import { tabLines } from './tab-lines.ts';
import { tooSmallLines } from './too-small-lines.ts';

/** Everything on the screen: columns side by side between a heading and a footer. Together they have as many lines as the screen. */
export interface Frame {
	readonly heading: readonly Line[];
	readonly columns: readonly FrameColumn[];
	readonly footer: readonly Line[];
}

/** What the screen shows in a state. */
export function frameOf(state: ExplorerState): Frame {
	const { size, overlay, subject } = state;
	const { columns: width, rows } = size;
	if (isTooSmall(size, subject.kind)) {
		const lines = tooSmallLines(size, subject.kind);
		return { heading: [], columns: [{ id: 'message', width, lines }], footer: [] };
	}
	const hints = hintLine(
		commandHints(contextOf(state)).filter((hint) => !hint.filterOnly || filterOf(state).text !== ''),
		width,
	);
	if (overlay?.kind === 'help') {
		const { lines, footer } = helpFrame(overlay, { size, kind: subject.kind });
		const column = { id: 'help', width, lines: fillLines(lines, width, rows - FOOTER_ROWS) };
		return { heading: [], columns: [column], footer: [footer, hints] };
	}
	const { heading, columns, footer } = drawView(state);
	const place = overlay?.kind === 'prompt' ? promptLine(overlay, filterOf(state), width) : footer;
	return { heading: [...tabLines(state), ...heading], columns, footer: [place, hints] };
}
