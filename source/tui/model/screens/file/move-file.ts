import type { MoveAction } from '../screen.ts';
import type { FileScene, FileStep } from './file-scene.ts';
import { type FileState, type LoadedContent, PART_BYTES, type Reading, showsHex } from './file-state.ts';
import { pagesOf } from './pages-of.ts';
import { readPart } from './reading.ts';
import { bytesARow } from './rows/hex-rows.ts';
import { type Position, stepped } from './rows/pages.ts';
import { placeInBytes } from './rows/text-places.ts';

/** Moves on the page. At the end of the part that is in memory the next one is read, where the file has more. */
export function moveFile(scene: FileScene, action: MoveAction): FileStep {
	const { state, size, subject } = scene;
	const position = stepped(state.position, action, pagesOf(state, size));
	const { content } = state;
	const moved = isSame(position, state.position) ? state : { ...state, position };
	if (state.diff !== null || content.kind !== 'loaded' || state.reading !== null)
		return { state: moved, effects: [] };
	const isAll = action.step === 'all';
	if (moved !== state && !isAll) return { state: moved, effects: [] };
	const wanted = isAll
		? endOfFile(state, content, action.direction)
		: nextPart(scene, content, action.direction);
	return wanted === null ? { state: moved, effects: [] } : readPart(subject.tree, moved, wanted);
}

/** Where a row begins, bytes from the start of the part. */
export function offsetOf(
	{ state, size }: Pick<FileScene, 'state' | 'size'>,
	content: LoadedContent,
	row: number,
): number {
	if (showsHex(state)) return Math.min(row * bytesARow(size.columns), content.part.bytes.length);
	return placeInBytes(content.part, rowStart(content, row));
}

/** Where a row begins in what is searched: the text or, where they are shown, the bytes. */
export function searchedFrom(
	scene: Pick<FileScene, 'state' | 'size'>,
	content: LoadedContent,
	row: number,
): number {
	return showsHex(scene.state) ? offsetOf(scene, content, row) : rowStart(content, row);
}

function rowStart({ rows: { starts } }: LoadedContent, row: number): number {
	return starts[Math.min(row, starts.length - 1)] ?? 0;
}

/** Whether the file goes on behind the part. */
export function goesOn({ versions, version }: FileState, { part }: LoadedContent): boolean {
	return part.bytes.length > 0 && part.start + part.bytes.length < versions[version].bytes;
}

function endOfFile(state: FileState, content: LoadedContent, direction: 1 | -1): Reading | null {
	const { start } = content.part;
	if (direction === -1) return start === 0 ? null : { start: 0, target: { kind: 'offset', offset: 0 } };
	if (!goesOn(state, content)) return null;
	const last = state.versions[state.version].bytes - PART_BYTES;
	// The part has to reach the end.
	return { start: aligned(Math.max(0, last) + 15), target: { kind: 'end' } };
}

function nextPart(scene: FileScene, content: LoadedContent, direction: 1 | -1): Reading | null {
	const { start, bytes } = content.part;
	const offset = start + offsetOf(scene, content, scene.state.position.row);
	const target = { kind: 'offset', offset } as const;
	if (direction === -1)
		return start === 0 ? null : { start: aligned(Math.max(0, start - PART_BYTES / 2)), target };
	if (!goesOn(scene.state, content)) return null;
	return { start: scene.state.position.row > 0 ? offset : start + bytes.length, target };
}

/** Rows of hexadecimal digits begin at multiples of 16. */
export function aligned(offset: number): number {
	return offset - (offset % 16);
}

function isSame(one: Position, other: Position): boolean {
	return one.row === other.row && one.line === other.line;
}
