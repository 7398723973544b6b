import { formatCount } from '../../../../text/bytes.ts';
import { escapeForTerminal } from '../../../../text/escape.ts';
import { cellWidth, cutText } from '../../../../text/width.ts';
import { fitEnds, fitLine, padEnd, padStart, spansWidth } from '../../cells.ts';
import { cursorMark, highlightOf } from '../../frame/highlight.ts';
import type { KeyBinding } from '../../key-binding.ts';
import { FOOTER_ROWS } from '../../layout.ts';
import { type Line, span } from '../../line.ts';
import { type ListView, moveInList, topOf } from '../../list-window.ts';
import { editNameOf, type NamedEdit } from '../../prompt/edit-keys.ts';
import { editText, type TextEdit, type TextInput } from '../../prompt/text-input.ts';
import type { Screen, ScreenScene, ScreenStep } from '../screen.ts';
import { matchingEntries, type PaletteEntry } from './palette-matches.ts';

export interface PaletteTypes {
	readonly id: 'palette';
	readonly state: PaletteState;
	readonly action:
		| { readonly type: 'edit'; readonly edit: TextEdit }
		/** Does what the cursor is on. */
		| { readonly type: 'run' }
		/** Does what is at a position among the matches. */
		| { readonly type: 'run-at'; readonly index: number }
		| { readonly type: 'close' };
}

export interface PaletteState {
	readonly entries: readonly PaletteEntry[];
	readonly input: TextInput;
	/** The position among the matches, and the line of the window that it is on. */
	readonly index: number;
	readonly line: number;
}

type Scene = ScreenScene<PaletteTypes>;

/** From so many columns on there is room for the names of fathom.yaml. */
const WIDE_COLUMNS = 110;
const NAME_WIDTH = 20;
const KEYS_WIDTH = 10;
/** The line that is typed in. */
const INPUT_ROWS = 1;

/** Everything that can be done here, found by name. */
export const paletteScreen: Screen<PaletteTypes> = {
	title: 'Palette',
	keys: [
		{
			...key('palette-run', 'confirm', ['enter'], 'Do what the cursor is on', { type: 'run' }),
			hint: { text: 'do', always: true },
		},
		{
			...key('palette-close', 'step-out', ['escape'], 'Close the palette', { type: 'close' }),
			hint: { text: 'close', always: true },
		},
		editKey('left', ['left'], 'Move in the text'),
		editKey('right', ['right'], 'Move in the text'),
		editKey('delete-before', ['backspace'], 'Delete a character'),
		editKey('delete-word', ['ctrl-w'], 'Delete a word'),
		editKey('delete-to-start', ['ctrl-u'], 'Delete everything before the cursor'),
	],
	typed: (_, text) => ({ type: 'edit', edit: { type: 'insert', text } }),
	clicked: (scene, line) => {
		const index = topOf(listOf(scene)) + line - INPUT_ROWS;
		return line < INPUT_ROWS || index >= matchesOf(scene).length ? null : { type: 'run-at', index };
	},
	update: (scene, action) => {
		const { state } = scene;
		switch (action.type) {
			case 'move': {
				const { index, line } = moveInList(listOf(scene), action.step, action.direction);
				return { state: { ...state, index, line }, effects: [] };
			}
			case 'edit':
				return {
					state: { ...state, input: editText(state.input, action.edit), index: 0, line: 0 },
					effects: [],
				};
			case 'run':
				return run(scene, state.index);
			case 'run-at':
				return run(scene, action.index);
			case 'close':
				return { state: null, effects: [] };
		}
	},
	frame: (scene) => {
		const { size } = scene;
		const { total, index } = listOf(scene);
		const position =
			total === 0 ? ' Nothing has such a name. ' : ` ${formatCount(index + 1)} of ${formatCount(total)} `;
		return {
			lines: [inputLine(scene), ...entryLines(scene)],
			footer: fitEnds([span(' What can be done here', 'strong')], [span(position, 'faint')], size.columns),
		};
	},
};

function run(scene: Scene, index: number): ScreenStep<PaletteTypes> {
	const entry = matchesOf(scene).at(index);
	return entry === undefined
		? { state: scene.state, effects: [], message: 'Nothing has such a name.' }
		: { state: null, effects: [], run: entry.id };
}

function matchesOf({ state }: Scene): readonly PaletteEntry[] {
	return matchingEntries(state.entries, state.input.text);
}

function listOf(scene: Scene): ListView {
	const { state, size } = scene;
	const { index, line } = state;
	return { total: matchesOf(scene).length, height: size.rows - FOOTER_ROWS - INPUT_ROWS, index, line };
}

function inputLine({ state: { input }, size }: Scene): Line {
	const { text, cursor } = input;
	const [under = ' '] = text.slice(cursor);
	const after = text.slice(cursor + under.length);
	return fitLine(
		[
			span(' :', 'key'),
			span(escapeForTerminal(text.slice(0, cursor))),
			span(escapeForTerminal(under), 'caret'),
			span(escapeForTerminal(after)),
		],
		size.columns,
	);
}

function entryLines(scene: Scene): readonly Line[] {
	const list = listOf(scene);
	const top = topOf(list);
	const { columns } = scene.size;
	return matchesOf(scene)
		.slice(top, top + list.height)
		.map(({ name, description, keys }, line) => {
			const focus = { isSelected: top + line === list.index, isFocused: true };
			const called = columns < WIDE_COLUMNS ? '' : padEnd(name, NAME_WIDTH);
			const right = [
				span(called, 'faint'),
				span(`${padStart(keys, Math.max(KEYS_WIDTH, cellWidth(keys)))} `, 'key'),
			];
			const room = columns - spansWidth(right) - 2;
			const { spans } = fitEnds(
				[cursorMark(focus), span(` ${cutText(description, room - 1)}`)],
				right,
				columns,
			);
			return fitLine(spans, columns, highlightOf(focus));
		});
}

function key(
	id: string,
	name: string,
	keys: readonly string[],
	description: string,
	action: PaletteTypes['action'],
): KeyBinding<PaletteTypes['action'], 'palette'> {
	return { id, name, keys, contexts: ['palette'], group: 'Palette', description, action };
}

function editKey(
	type: NamedEdit['type'],
	keys: readonly string[],
	description: string,
): KeyBinding<PaletteTypes['action'], 'palette'> {
	return key(`palette-${type}`, editNameOf(type), keys, description, { type: 'edit', edit: { type } });
}
