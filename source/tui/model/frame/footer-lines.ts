import { formatCount } from '../../../text/bytes.ts';
import { escapeForTerminal } from '../../../text/escape.ts';
import { cellWidth, cutText } from '../../../text/width.ts';
import { fitEnds, fitLine } from '../cells.ts';
import { cursorNode, filesView } from '../cursor.ts';
import type { KeyHint } from '../key-binding.ts';
import { commandHints, contextOf } from '../keys.ts';
import { FOOTER_ROWS } from '../layout.ts';
import { type Line, type Span, span } from '../line.ts';
import { type ExplorerState, projectionOf } from '../state.ts';
import type { TextInput } from '../text-input.ts';
import { helpLines } from './help-lines.ts';
import { instructionText } from './instruction.ts';
import { shownPath } from './names.ts';

/** The two lines below the panes: where the user is, or the filter that is being typed; and the keys that work here. */
export function footerLines(state: ExplorerState): readonly Line[] {
	return [
		state.prompt === null ? placeLine(state) : promptLine(state, state.prompt),
		hintLine(
			commandHints(contextOf(state)).filter((hint) => !hint.filterOnly || state.filter.text !== ''),
			state.size.columns,
		),
	];
}

function placeLine(state: ExplorerState): Line {
	const { columns } = state.size;
	if (state.helpOpen) return helpPlace(state);
	if (state.focus !== 'files') return layerPlace(state);
	const projection = projectionOf(state);
	const node = cursorNode(state, projection);
	if (node === null) return fitLine([span(` ${emptyReason(state)}`, 'faint')], columns);
	const { index, total } = filesView(state, projection);
	const position = `${formatCount(index + 1)} / ${formatCount(total)} `;
	const path = cutText(shownPath(state.image.tree, node), columns - cellWidth(position) - 3, 'start');
	return fitEnds([span(` ${path}`)], [span(position, 'faint')], columns);
}

function helpPlace({ size, tops }: ExplorerState): Line {
	const total = helpLines(size.columns).length;
	const last = Math.min(total, tops.help + size.rows - FOOTER_ROWS);
	return fitEnds(
		[span(' Keys', 'strong')],
		[span(`${tops.help + 1}–${last} of ${total} `, 'faint')],
		size.columns,
	);
}

function layerPlace({ image, layer, size }: ExplorerState): Line {
	const createdBy = image.description.layers[layer]?.createdBy ?? null;
	const position = `${layer + 1} / ${image.tree.layerCount} `;
	const instruction = createdBy === null ? `Layer ${layer + 1}` : instructionText(createdBy);
	const text = cutText(instruction, size.columns - cellWidth(position) - 3);
	return fitEnds([span(` ${text}`)], [span(position, 'faint')], size.columns);
}

/** Why there are no rows. */
function emptyReason(state: ExplorerState): string {
	if (state.filter.matches !== null) return 'Nothing here matches the filter.';
	return state.hideUnchanged ? 'This layer changes nothing.' : 'There are no files here.';
}

function promptLine({ filter, size }: ExplorerState, { text, cursor }: TextInput): Line {
	const before = span(escapeForTerminal(text.slice(0, cursor)));
	const [under = ' '] = text.slice(cursor);
	const after = text.slice(cursor + under.length);
	return fitEnds(
		[span(' /', 'key'), before, span(escapeForTerminal(under), 'caret'), span(escapeForTerminal(after))],
		[findings(filter)],
		size.columns,
	);
}

function findings({ text, matches, problem }: ExplorerState['filter']): Span {
	if (problem !== null) return span(`not a usable pattern: ${escapeForTerminal(problem)} `, 'bad');
	if (matches !== null) return span(`${formatCount(matches.length)} found `, 'faint');
	return span(text === '' ? '~ for a regular expression ' : '', 'faint');
}

/** As many hints as fit, in the order of the table; those that are always shown come last and are given room first. */
export function hintLine(hints: readonly KeyHint[], width: number): Line {
	const always = hints.filter((hint) => hint.always).map(hintSpans);
	let room = width - 1 - always.reduce((sum, spans) => sum + hintWidth(spans), 0);
	const shown = hints
		.filter((hint) => !hint.always)
		.map(hintSpans)
		.filter((spans) => {
			room -= hintWidth(spans);
			return room >= 0;
		});
	return fitLine([span(' '), ...shown.flat(), ...always.flat()], width);
}

function hintSpans({ keys, text }: KeyHint): readonly Span[] {
	return [span(keys, 'key'), span(` ${text}  `, 'faint')];
}

function hintWidth(spans: readonly Span[]): number {
	return spans.reduce((sum, { text }) => sum + cellWidth(text), 0);
}
