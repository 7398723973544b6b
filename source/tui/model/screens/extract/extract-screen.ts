import { escapeForTerminal } from '../../../../text/escape.ts';
import { fitEnds, fitLine } from '../../cells.ts';
import type { ExplorerServicesAnswers } from '../../effects/requests.ts';
import { shownPath } from '../../frame/names.ts';
import { scrollbar } from '../../frame/scrollbar.ts';
import { titleLine } from '../../frame/title-line.ts';
import { wrapWhole } from '../../frame/wrap-whole.ts';
import { FOOTER_ROWS } from '../../layout.ts';
import { span } from '../../line.ts';
import { clamp, type ScrollWindow, scrollBy } from '../../list-window.ts';
import { editText, type TextInput, textInput } from '../../prompt/text-input.ts';
import { typedSpans } from '../../prompt/typed-spans.ts';
import type { FilePlace } from '../../views/view.ts';
import type { Screen, ScreenScene, ScreenStep } from '../screen.ts';
import { writingHint } from '../writing-hints.ts';
import { type ExtractAction, extractKeys } from './extract-keys.ts';

export interface ExtractTypes {
	readonly id: 'extract';
	readonly state: ExtractState;
	readonly action: ExtractAction;
}

export interface ExtractState extends FilePlace {
	/** The folder to write below. */
	readonly folder: TextInput;
	readonly phase: 'typing' | 'writing' | ExplorerServicesAnswers['extract-file'];
	/** The first visible line of the explanation, which has a whole path in it. */
	readonly top: number;
}

/** The folder that fathom runs in. */
const HERE = '.';
/** The title, the folder, and an empty line. */
const ROWS_ABOVE = 3;

/** Asks for a folder, and writes a file or a folder of the image below it. */
export const extractScreen: Screen<ExtractTypes> = {
	title: 'Extract',
	keys: extractKeys,
	typed: ({ phase }, text) => (phase === 'typing' ? { type: 'edit', edit: { type: 'insert', text } } : null),
	hint: ({ phase }, { type }, text) => writingHint(phase, type, text),
	canMove: (scene) => {
		const { window } = windowOf(scene);
		return window.total > window.height;
	},
	update: (scene, action) => {
		const { state } = scene;
		switch (action.type) {
			case 'close':
				return { state: null, effects: [] };
			case 'edit':
				return { state: edited(state, action), effects: [] };
			case 'confirm':
				if (state.phase === 'typing') return write(state, false);
				return isOver(state) ? { state: null, effects: [] } : { state, effects: [] };
			case 'replace':
				return isAsking(state) ? write(state, true) : { state, effects: [] };
			case 'extracted':
				return { state: { ...state, phase: action.answer, top: 0 }, effects: [] };
			case 'move': {
				const top = scrollBy(windowOf(scene).window, action.step, action.direction);
				return { state: { ...state, top }, effects: [] };
			}
		}
	},
	frame: (scene) => {
		const { state, size, subject } = scene;
		const { columns } = size;
		const { texts, window } = windowOf(scene);
		const bar = scrollbar(window);
		return {
			lines: [
				titleLine(
					{ name: `Extract ${shownPath(subject.tree, state.node)}`, facts: `L${state.layer + 1}` },
					columns,
					true,
				),
				fitLine(
					[
						span(' Folder to write to: ', 'key'),
						...typedSpans(state.folder, state.phase === 'typing'),
						...(folderOf(state) === '' ? [span('this folder', 'faint')] : []),
					],
					columns,
				),
				fitLine([], columns),
				...texts
					.slice(window.top, window.top + window.height)
					.map((text, line) => fitEnds([span(` ${text}`)], [span(bar[line], 'rule')], columns)),
			],
			footer: fitEnds([span(` ${shownPath(subject.tree, state.node)}`)], [], columns),
		};
	},
};

/** The lines of the explanation, and which of them there is room for. */
function windowOf(scene: ScreenScene<ExtractTypes>): {
	readonly texts: readonly string[];
	readonly window: ScrollWindow;
} {
	const { state, size } = scene;
	const texts = explanation(scene).flatMap((text) => wrapWhole(text, size.columns - 3));
	const height = size.rows - FOOTER_ROWS - ROWS_ABOVE;
	const top = clamp(state.top, 0, Math.max(0, texts.length - height));
	return { texts, window: { top, total: texts.length, height } };
}

export function openExtract({ node, layer }: FilePlace): ExtractState {
	return { node, layer, folder: textInput(''), phase: 'typing', top: 0 };
}

function edited(
	state: ExtractState,
	{ edit }: Extract<ExtractAction, { readonly type: 'edit' }>,
): ExtractState {
	return state.phase === 'typing' ? { ...state, folder: editText(state.folder, edit) } : state;
}

function write(state: ExtractState, replaces: boolean): ScreenStep<ExtractTypes> {
	const folder = folderOf(state) === '' ? HERE : folderOf(state);
	const { node, layer } = state;
	return {
		state: { ...state, phase: 'writing', top: 0 },
		effects: [
			{
				type: 'request',
				kind: 'extract-file',
				ask: { node, layer, folder, replaces },
				answered: (answer) => ({ type: 'extracted', answer }),
			},
		],
	};
}

function folderOf({ folder }: ExtractState): string {
	return folder.text.trim();
}

function isAsking({ phase }: ExtractState): boolean {
	return typeof phase === 'object' && phase.kind === 'exists';
}

function isOver({ phase }: ExtractState): boolean {
	return typeof phase === 'object' && phase.kind !== 'exists';
}

function explanation({ state, subject, keyOf }: ScreenScene<ExtractTypes>): readonly string[] {
	const { phase, node } = state;
	const folder = folderOf(state) === '' ? HERE : folderOf(state);
	const target = `${escapeForTerminal(folder.replace(/\/+$/, ''))}${shownPath(subject.tree, node)}`;
	if (phase === 'typing')
		return [
			'Nothing that is there is replaced without asking, and nothing is written elsewhere. The folder is made, with those above it, if it is not there. Without a name it is this folder, the one that fathom runs in.',
			`${keyOf('confirm')} writes, with the folders above it: ${target}`,
		];
	if (phase === 'writing') return [`Writing … ${keyOf('step-out')} stops it.`];
	const message = escapeForTerminal(phase.message);
	return phase.kind === 'exists'
		? [
				`${keyOf('replace-files')} replaces the files and symlinks that are there; ${keyOf('step-out')} leaves them.`,
				message,
			]
		: [message];
}
