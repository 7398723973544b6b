import { formatCount } from '../../../text/bytes.ts';
import { fitLine } from '../cells.ts';
import { type Line, type Span, span } from '../line.ts';
import { tabOf } from '../shown-view.ts';
import type { ExplorerState } from '../state.ts';
import { viewsOf } from '../views/views.ts';

/** The line that names the views, with the current one in brackets. No line where there is only one view. */
export function tabLines(state: ExplorerState): readonly Line[] {
	const ids = viewsOf(state.subject.kind);
	if (ids.length < 2) return [];
	const tabs = ids.flatMap((id, index): readonly Span[] => {
		const { name, count } = tabOf(state, id);
		const text = `${index + 1} ${name}${count === null ? '' : ` ${formatCount(count)}`}`;
		return id === state.view ? [span(`[${text}]`, 'heading')] : [span(` ${text} `)];
	});
	return [fitLine(tabs, state.size.columns)];
}
