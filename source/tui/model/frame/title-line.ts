import { cellWidth, cutText } from '../../../text/width.ts';
import { type Line, type Span, span } from '../line.ts';

/** The text of the line above a pane: its name on the left, facts on the right. */
export interface PaneTitle {
	readonly name: string;
	readonly facts: string;
}

const MINIMUM_FACTS = 4;

/** The line above a pane. The pane with the focus has a heavy line, so that it is recognisable without colour. */
export function titleLine(title: PaneTitle, width: number, isFocused: boolean): Line {
	const rule = isFocused ? '━' : '─';
	const style = isFocused ? 'heading' : 'rule';
	const name = cutText(title.name, width - 4);
	const room = width - cellWidth(name) - 4;
	const cut = cutText(title.facts, Math.max(0, room - 3));
	// Less than that of them says nothing.
	const facts = cut === title.facts || cellWidth(cut) >= MINIMUM_FACTS ? cut : '';
	const factCells = facts === '' ? 0 : cellWidth(facts) + 3;
	const spans: Span[] = [
		span(`${rule} `, style),
		span(name, isFocused ? 'heading' : 'strong'),
		span(` ${rule.repeat(Math.max(0, width - cellWidth(name) - 3 - factCells))}`, style),
	];
	if (facts !== '') spans.push(span(` ${facts} `, 'faint'), span(rule, style));
	return { spans, highlight: 'none' };
}
