import { pathOf } from '../../../../filetree/paths.ts';
import { escapeForTerminal } from '../../../../text/escape.ts';
import type { FileDiff, FilePart, Refused } from '../../effects/file-requests.ts';
import type { ExplorerServicesAnswers } from '../../effects/requests.ts';
import type { FileAction } from './file-action.ts';
import type { FileScene, FileStep } from './file-scene.ts';
import { type FileState, type LoadedContent, type ReadingTarget, showsHex } from './file-state.ts';
import { matchInPart } from './find-in-file.ts';
import { pagesOf } from './pages-of.ts';
import { openFile } from './reading.ts';
import { sideBySide } from './rows/diff-rows.ts';
import { bytesARow } from './rows/hex-rows.ts';
import { earlier, lastPosition, type Position } from './rows/pages.ts';
import { placeInText } from './rows/text-places.ts';
import { rowAt, textRows } from './rows/text-rows.ts';

const noRuns = new Uint32Array(0);

/** A part of the content has come. Its colours are asked for. */
export function takePart(scene: FileScene, answer: FilePart | Refused): FileStep {
	const { state, subject } = scene;
	if (answer.kind === 'refused') return { state: { ...state, content: answer, reading: null }, effects: [] };
	const rows = textRows(answer.text);
	const known = state.content.kind === 'loaded' ? state.content.type : null;
	const type = answer.type ?? known ?? { name: 'data', isText: false };
	const content: LoadedContent = { kind: 'loaded', part: answer, type, rows, runs: noRuns };
	const target = state.reading?.target ?? { kind: 'offset', offset: 0 };
	const next: FileState = { ...state, content, reading: null, match: null };
	const step = placed({ ...scene, state: next }, content, target);
	if (!type.isText) return step;
	const ask = { path: pathOf(subject.tree, state.node), bytes: answer.text };
	const colouring = {
		type: 'request',
		kind: 'colour-text',
		ask,
		answered: ({ runs }: ExplorerServicesAnswers['colour-text']): FileAction => ({
			type: 'coloured',
			rows,
			runs,
		}),
	} as const;
	return { ...step, effects: [...step.effects, colouring] };
}

export function takeColours(
	state: FileState,
	{ rows, runs }: Extract<FileAction, { readonly type: 'coloured' }>,
): FileStep {
	const { content } = state;
	if (content.kind !== 'loaded' || content.rows !== rows) return { state, effects: [] };
	return { state: { ...state, content: { ...content, runs } }, effects: [] };
}

export function takeComparison(state: FileState, answer: FileDiff | Refused): FileStep {
	if (state.diff === null) return { state, effects: [] };
	const diff =
		answer.kind === 'refused'
			? answer
			: ({ kind: 'compared', diff: answer, rows: sideBySide(answer.lines) } as const);
	return { state: { ...state, diff }, effects: [] };
}

/** Opens what a symlink leads to; a folder is shown in the files. */
export function takeLink(
	{ state, subject }: FileScene,
	answer: ExplorerServicesAnswers['follow-link'],
): FileStep {
	if (answer.kind === 'refused') return { state, effects: [], message: escapeForTerminal(answer.reason) };
	const { layer } = state.versions[state.version];
	const place = { node: answer.node, layer };
	const opened = openFile(subject.tree, place, state.isWrapped);
	return opened === null ? { state: null, effects: [], goTo: place } : opened;
}

function placed(scene: FileScene, content: LoadedContent, target: ReadingTarget): FileStep {
	const { state, size } = scene;
	if (target.kind === 'match') return matchInPart(scene, content, target);
	const last = lastPosition(pagesOf(state, size));
	if (target.kind === 'end') return { state: { ...state, position: last }, effects: [] };
	const offset = Math.max(0, target.offset - content.part.start);
	const row = showsHex(state)
		? Math.floor(offset / bytesARow(size.columns))
		: rowAt(content.rows, placeInText(content.part, offset));
	const position: Position = earlier({ row, line: 0 }, last);
	const { message = null } = target;
	return { state: state.diff === null ? { ...state, position } : state, effects: [], message };
}
