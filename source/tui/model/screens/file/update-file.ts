import { escapeForTerminal } from '../../../../text/escape.ts';
import { shownPath } from '../../frame/names.ts';
import { editText, textInput } from '../../prompt/text-input.ts';
import type { MoveAction } from '../screen.ts';
import { takeColours, takeComparison, takeLink, takePart } from './answers.ts';
import type { FileAction } from './file-action.ts';
import type { FileScene, FileStep } from './file-scene.ts';
import { canOpenAgain, type FileState, placeOf, showsHex } from './file-state.ts';
import { nextMatch, noUsablePattern } from './find-in-file.ts';
import { moveFile } from './move-file.ts';
import { askedVersion, canCompare, startComparing, startReading } from './reading.ts';
import { searchProblem } from './search.ts';
import { folderWords, nothingBefore, versionWords } from './version-words.ts';
import { foldersBeside } from './versions.ts';

const SIDEWAYS_CELLS = 8;
/** No row is wider: one byte takes six cells at most. */
const MOST_LEFT = 12_000;

export function updateFile(scene: FileScene, action: MoveAction | FileAction): FileStep {
	const { state, subject, keyOf } = scene;
	switch (action.type) {
		case 'move':
			return moveFile(scene, action);
		case 'out':
			return { state: steppedOut(scene), effects: [] };
		case 'confirm':
			return confirm(scene);
		case 'search':
			return { state: { ...state, typed: textInput('') }, effects: [] };
		case 'edit':
			if (state.typed === null) return { state, effects: [], message: `${keyOf('step-out')} leads back.` };
			return { state: { ...state, typed: editText(state.typed, action.edit) }, effects: [] };
		case 'sideways':
			return { state: sideways(state, action.direction), effects: [] };
		case 'next-match':
			return nextMatch(scene, action.direction);
		case 'other-version':
			return otherVersion(scene, action.direction);
		case 'toggle-wrap':
			return {
				state: { ...state, isWrapped: !state.isWrapped, left: 0, position: { ...state.position, line: 0 } },
				effects: [],
			};
		case 'toggle-hex':
			return {
				state: {
					...state,
					isHex: !showsHex(state),
					position: { row: 0, line: 0 },
					left: 0,
					match: null,
					diff: null,
				},
				effects: [],
			};
		case 'toggle-diff':
			return toggleDiff(scene);
		case 'toggle-secrets':
			return again(scene, { ...state, isRevealed: !state.isRevealed });
		case 'read-again':
			return canOpenAgain(scene) ? openAgain(scene) : again(scene, state);
		case 'opened-again':
			return { state, effects: [], message: action.answer.message };
		case 'open':
			return { state, effects: [], open: { screen: action.screen, place: placeOf(state) } };
		case 'copy-path':
			return copy(state, { text: shownPath(subject.tree, state.node), what: 'the path' });
		case 'copy-content':
			return copyContent(scene);
		case 'copied':
			return {
				state,
				effects: [],
				message: action.isTaken
					? `Copied ${action.what}, if this terminal allows it.`
					: `This is too long for the clipboard; ${keyOf('extract')} writes it to a folder.`,
			};
		case 'page':
			return page(scene);
		case 'paged':
			return {
				state,
				effects: [],
				message: action.answer.kind === 'refused' ? escapeForTerminal(action.answer.reason) : null,
			};
		case 'read':
			return takePart(scene, action.answer);
		case 'compared':
			return takeComparison(state, action.answer);
		case 'coloured':
			return takeColours(state, action);
		case 'followed':
			return takeLink(scene, action.answer);
	}
}

/** Null where there is nothing to leave but the screen: of two images, a file is opened as what differs in it. */
function steppedOut({ state, subject }: FileScene): FileState | null {
	if (state.typed !== null) return { ...state, typed: null };
	if (state.diff !== null && subject.kind === 'difference') return null;
	if (state.diff !== null) return { ...state, diff: null, position: { row: 0, line: 0 }, left: 0 };
	return state.wanted === '' ? null : { ...state, wanted: '', match: null };
}

function confirm(scene: FileScene): FileStep {
	const { state, subject } = scene;
	if (state.typed !== null) {
		const searching = { ...state, typed: null, wanted: state.typed.text, match: null };
		const problem = searchProblem(state.typed.text);
		// It is mended where it is.
		if (problem !== null) return { state, effects: [], message: noUsablePattern(problem) };
		return state.typed.text === ''
			? { state: searching, effects: [] }
			: nextMatch({ ...scene, state: searching }, 1);
	}
	const { kind, layer } = state.versions[state.version];
	if (kind !== 'symlink') return { state, effects: [], message: 'Only a symlink leads elsewhere.' };
	const { path } = askedVersion(subject.tree, state, state.version);
	return {
		state,
		effects: [
			{
				type: 'request',
				kind: 'follow-link',
				ask: { path, layer },
				answered: (answer) => ({ type: 'followed', answer }),
			},
		],
	};
}

function sideways(state: FileState, direction: 1 | -1): FileState {
	if (state.typed !== null)
		return { ...state, typed: editText(state.typed, { type: direction === 1 ? 'right' : 'left' }) };
	if (state.isWrapped && state.diff === null) return state;
	const left = Math.min(MOST_LEFT, Math.max(0, state.left + direction * SIDEWAYS_CELLS));
	return left === state.left ? state : { ...state, left };
}

function otherVersion({ state, subject }: FileScene, direction: 1 | -1): FileStep {
	const version = state.version + direction;
	if (version < 0 || version >= state.versions.length)
		return { state, effects: [], message: noOtherVersion({ state, subject }, direction) };
	const other = { ...state, version };
	const read = startReading(subject.tree, other);
	if (state.diff === null || !canCompare(other)) return { ...read, state: { ...read.state, diff: null } };
	const compared = startComparing(subject.tree, read.state);
	return { state: compared.state, effects: [...read.effects, ...compared.effects] };
}

function noOtherVersion({ state, subject }: Pick<FileScene, 'state' | 'subject'>, direction: 1 | -1): string {
	if (subject.kind === 'difference') {
		const words = versionWords({ node: state.node, ...state.versions[state.version] }, subject);
		return `${words[0].toUpperCase()}${words.slice(1)}.`;
	}
	const { layer } = state.versions[state.version];
	const beyond = foldersBeside(subject.tree, state).filter((each) => (each - layer) * direction > 0);
	const folders = folderWords(beyond, subject);
	if (folders !== null)
		return `${folders}, and no other layer ${direction === -1 ? 'before' : 'above'} a file.`;
	return direction === -1 ? 'No layer before has it.' : 'No layer above has another one.';
}

function toggleDiff({ state, subject }: FileScene): FileStep {
	if (state.diff !== null)
		return { state: { ...state, diff: null, position: { row: 0, line: 0 }, left: 0 }, effects: [] };
	if (canCompare(state)) return startComparing(subject.tree, state);
	const shown = { node: state.node, ...state.versions[state.version] };
	const message = state.version === 0 ? nothingBefore(shown, subject) : 'Only files are compared.';
	return { state, effects: [], message };
}

/** Reads, and compares where that is shown. */
function again({ subject }: FileScene, state: FileState): FileStep {
	const read = startReading(subject.tree, state);
	if (state.diff === null) return read;
	const compared = startComparing(subject.tree, read.state);
	return { state: compared.state, effects: [...read.effects, ...compared.effects] };
}

function openAgain({ state, subject }: FileScene): FileStep {
	const { path } = askedVersion(subject.tree, state, state.version);
	const { layer } = placeOf(state);
	const ask = { path, layer };
	return {
		state,
		effects: [
			{
				type: 'request',
				kind: 'open-again',
				ask,
				answered: (answer) => ({ type: 'opened-again', answer }),
			},
		],
	};
}

function copyContent({ state, keyOf }: FileScene): FileStep {
	const extracts = `${keyOf('extract')} writes it to a folder.`;
	const { content, versions, version } = state;
	if (content.kind !== 'loaded') return { state, effects: [], message: 'There is no content to copy.' };
	const { part, type } = content;
	if (!type.isText) return { state, effects: [], message: `This is not text; ${extracts}` };
	if (part.bytes.length < versions[version].bytes)
		return { state, effects: [], message: `This is too long for the clipboard; ${extracts}` };
	return copy(state, { text: Buffer.from(part.text).toString('utf8'), what: 'the content' });
}

function copy(state: FileState, { text, what }: { readonly text: string; readonly what: string }): FileStep {
	return {
		state,
		effects: [
			{
				type: 'request',
				kind: 'copy-text',
				ask: { text },
				answered: ({ isTaken }) => ({ type: 'copied', isTaken, what }),
			},
		],
	};
}

function page({ state, subject }: FileScene): FileStep {
	if (state.versions[state.version].kind !== 'file')
		return { state, effects: [], message: 'There is no content to show.' };
	const ask = askedVersion(subject.tree, state, state.version);
	return {
		state,
		effects: [{ type: 'request', kind: 'page-file', ask, answered: (answer) => ({ type: 'paged', answer }) }],
	};
}
