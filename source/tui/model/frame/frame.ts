import { keysIn } from '../bindings/key-labels.ts';
import { hintsOf } from '../keys.ts';
import { FOOTER_ROWS, isTooSmall } from '../layout.ts';
import type { Line } from '../line.ts';
import { promptLine } from '../prompt/prompt.ts';
import { drawScreen, topScreen } from '../shown/shown-screen.ts';
import { drawView, filterOf } from '../shown/shown-view.ts';
import type { ExplorerState } from '../state.ts';
import { type FrameColumn, fillLines } from './frame-column.ts';
import { hintLine } from './hint-line.ts';
import { saidLines } from './said-lines.ts';
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
	const { size, prompt, subject } = state;
	const { columns: width, rows } = size;
	if (isTooSmall(size, subject.kind)) {
		const lines = tooSmallLines(size, subject.kind, keysIn(state.keymap, 'too-small')('quit'));
		return { heading: [], columns: [{ id: 'message', width, lines }], footer: [] };
	}
	const hints = hintLine(hintsOf(state), width);
	const [said, goesOn = hints] = saidLines(state);
	const screen = topScreen(state);
	if (screen !== null) {
		const { lines, footer } = drawScreen(state, screen);
		const column = { id: screen.id, width, lines: fillLines(lines, width, rows - FOOTER_ROWS) };
		return { heading: [], columns: [column], footer: [said ?? footer, goesOn] };
	}
	const { heading, columns, footer } = drawView(state);
	const place = prompt === null ? footer : promptLine(prompt, filterOf(state), width);
	return { heading: [...tabLines(state), ...heading], columns, footer: [said ?? place, goesOn] };
}
