import { PatternError } from '../../../../filter/pattern/pattern.ts';
import { escapeForTerminal } from '../../../../text/escape.ts';
import { cellWidth } from '../../../../text/width.ts';
import type { FileScene, FileStep } from './file-scene.ts';
import {
	type FileState,
	type LoadedContent,
	PART_BYTES,
	type Reading,
	type ReadingTarget,
	showsHex,
} from './file-state.ts';
import { aligned, goesOn, offsetOf, searchedFrom } from './move-file.ts';
import { cellsTakenOver, pageHeight, pagesOf, textWidth, wrappedLines } from './pages-of.ts';
import { readPart } from './reading.ts';
import { bytesARow } from './rows/hex-rows.ts';
import { earlier, isBefore, lastPosition, type Position } from './rows/pages.ts';
import { styledSpans } from './rows/row-spans.ts';
import { placeInBytes } from './rows/text-places.ts';
import { rowAt } from './rows/text-rows.ts';
import { beginsNear, behindMatch, findText } from './search.ts';

/** Goes to the next match, or the one before; reads on where there is none in the part that is in memory. */
export function nextMatch(scene: FileScene, direction: 1 | -1): FileStep {
	const { state } = scene;
	const { content, wanted } = state;
	if (content.kind !== 'loaded' || state.diff !== null || state.reading !== null)
		return { state, effects: [], message: 'There is nothing to search here.' };
	if (wanted === '') return { state, effects: [], message: '/ searches for a text first.' };
	return unlessTooComplex(state, () => matchFrom(scene, content, direction));
}

type MatchTarget = Extract<ReadingTarget, { readonly kind: 'match' }>;

/** After a part was read for a search. */
export function matchInPart(scene: FileScene, content: LoadedContent, target: MatchTarget): FileStep {
	return unlessTooComplex(scene.state, () => matchInRead(scene, content, target));
}

/** What is said of what cannot be searched for. */
export function noUsablePattern(problem: string): string {
	return `This is no usable regular expression: ${escapeForTerminal(problem)}.`;
}

/** That a pattern is too complex may turn out while it is matched. */
function unlessTooComplex(state: FileState, work: () => FileStep): FileStep {
	try {
		return work();
	} catch (error) {
		if (error instanceof PatternError) return { state, effects: [], message: noUsablePattern(error.message) };
		throw error;
	}
}

function matchFrom(scene: FileScene, content: LoadedContent, direction: 1 | -1): FileStep {
	const { state, subject } = scene;
	const { wanted } = state;
	const top = searchedFrom(scene, content, state.position.row);
	const searched = searchedIn(state, content);
	const ahead = state.match === null ? top : behindMatch(searched, wanted, state.match);
	const from = direction === 1 ? ahead : (state.match ?? top) - 1;
	const found = findText(searched, wanted, { from, direction });
	if (found !== -1) return { state: atMatch(scene, content, found), effects: [] };
	const { start } = content.part;
	const page = start + offsetOf(scene, content, state.position.row);
	const target = { kind: 'match', direction, from: page } as const;
	if (direction === 1 && goesOn(state, content)) {
		const near = beginsNear(searched, wanted, from);
		const next = showsHex(state) ? near : placeInBytes(content.part, near);
		return {
			...readPart(subject.tree, state, { start: start + next, target }),
			message: 'Searching on …',
		};
	}
	if (direction === -1 && start > 0)
		return {
			...readPart(subject.tree, state, { start: Math.max(0, start - PART_BYTES), target }),
			message: 'Searching back …',
		};
	return { state, effects: [], message: direction === 1 ? 'No match further on.' : 'No match before this.' };
}

function matchInRead(scene: FileScene, content: LoadedContent, target: MatchTarget): FileStep {
	const { state, subject } = scene;
	const { direction } = target;
	const searched = searchedIn(state, content);
	const from = direction === 1 ? 0 : searched.length;
	const found = findText(searched, state.wanted, { from, direction });
	if (found !== -1)
		return {
			state: atMatch(scene, content, found),
			effects: [],
			message: direction === 1 ? 'Found further on.' : 'Found further back.',
		};
	const isOver = direction === 1 ? !goesOn(state, content) : content.part.start === 0;
	if (isOver) return readPart(subject.tree, { ...state, match: null }, backTo(target.from));
	const position = direction === 1 ? lastPosition(pagesOf(state, scene.size)) : state.position;
	// The search goes on behind what was searched.
	const match = direction === 1 ? Math.max(0, searched.length - 1) : 0;
	const message = `No match in the next ${PART_BYTES / 1024} KiB; n searches on.`;
	return { state: { ...state, position, match }, effects: [], message };
}

/** The page from which was searched in vain. */
function backTo(offset: number): Reading {
	const target = { kind: 'offset', offset, message: 'No further match.' } as const;
	return { start: aligned(Math.max(0, offset - PART_BYTES / 2)), target };
}

/** What is searched: what the page shows. */
function searchedIn(state: FileState, { part, rows }: LoadedContent): Uint8Array {
	return showsHex(state) ? part.bytes : rows.bytes;
}

/** The state with a match on the page. */
function atMatch(scene: FileScene, content: LoadedContent, match: number): FileState {
	const { state, size } = scene;
	if (showsHex(state))
		return {
			...state,
			match,
			position: placed(scene, { row: Math.floor(match / bytesARow(size.columns)), line: 0 }),
		};
	const row = rowAt(content.rows, match);
	const width = textWidth(content, size);
	const before = styledSpans(content.rows.bytes, [content.rows.starts[row], match], []);
	const cells = before.reduce((sum, { text }) => sum + cellWidth(text), 0);
	if (state.isWrapped) {
		const line = Math.floor((cellsTakenOver(scene, content, row) + cells) / width);
		const isInRow = line < wrappedLines(scene, content, row).length;
		// What fills no line at the end of a row is shown with the next one.
		const wanted = isInRow ? { row, line } : { row: row + 1, line: 0 };
		return { ...state, match, position: placed(scene, wanted) };
	}
	const isSeen = cells >= state.left && cells + state.wanted.length <= state.left + width;
	const left = isSeen
		? state.left
		: cells + state.wanted.length <= width
			? 0
			: Math.max(0, cells - Math.floor(width / 3));
	return { ...state, match, left, position: placed(scene, { row, line: 0 }) };
}

/** The position that stays where the row is on the page, else one with the row in its upper third. */
function placed({ state, size }: FileScene, wanted: Position): Position {
	const pages = pagesOf(state, size);
	const { position } = state;
	const height = pageHeight(size);
	if (!isBefore(wanted, position) && wanted.row < position.row + height && !state.isWrapped) return position;
	const above = { row: Math.max(0, wanted.row - Math.floor(height / 3)), line: 0 };
	return earlier(state.isWrapped ? wanted : above, lastPosition(pages));
}
