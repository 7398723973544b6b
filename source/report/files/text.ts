import { broughtBy, describedBy, kindOfChange } from '../../filetree/brought-by.ts';
import { attributeOf, modificationTimeOf } from '../../filetree/change-attributes.ts';
import { type FileTree, IMPLIED_DIRECTORY } from '../../filetree/file-tree.ts';
import { describingEntryOf } from '../../filetree/links.ts';
import { changeLetters } from '../../filetree/words/change-letters.ts';
import { permissionsOf } from '../../filetree/words/permissions.ts';
import { inParts, type Steps } from '../../steps.ts';
import { DIRECTORY, HARD_LINK, type StringColumn, SYMLINK, stringAt } from '../../tar/changeset.ts';
import { decodeName } from '../../text/decode-name.ts';
import { escapeForTerminal } from '../../text/escape.ts';
import { withoutLogCommandsInLine } from '../../text/log-commands.ts';
import type { ByteBuffer } from '../byte-buffer.ts';
import { PathBytes } from '../json/path-bytes.ts';
import type { FileFormat, ListedFiles, RowWriter } from './write-rows.ts';

/** A line a path, with columns as `ls -l` and `tar -tv` have them, and the layer that brought the path. */
export const textFormat: FileFormat<'text'> = { format: 'text', writerOf };

const ROWS_A_STEP = 4096;
const SLASH = 0x2f;
const LINE_BREAK = 0x0a;

interface Widths {
	readonly owner: number;
	readonly bytes: number;
	readonly layer: number;
}

function* writerOf(files: ListedFiles): Steps<RowWriter> {
	const { tree, rows, areChanges } = files;
	const widths = yield* widthsOf(files);
	const appendName = nameAppender(files);
	const paths = new PathBytes(tree, appendName);
	return (buffer, row) => {
		const [node, change] = [rows.nodes[row], rows.changes[row]];
		const described = describedBy(tree, change);
		const brought = broughtBy(tree, node, change);
		if (areChanges) buffer.appendText(`${changeLetters[kindOfChange(tree, change)]} `);
		const describing =
			tree.changeEntries[described] === IMPLIED_DIRECTORY ? null : describingEntryOf(tree, described);
		const changeset = describing && tree.changesets[describing.layerIndex];
		const kind = describing === null || changeset === null ? DIRECTORY : changeset.kinds[describing.entry];
		const columns = [
			permissionsOf(kind, attributeOf(tree, described, 'modes')),
			ownerOf(tree, described).padStart(widths.owner),
			String(tree.changeBytes[change]).padStart(widths.bytes),
			shownTime(modificationTimeOf(tree, described)),
			String(tree.changeLayers[brought] + 1).padStart(widths.layer),
		];
		buffer.appendText(`${columns.join(' ')} `);
		buffer.appendByte(SLASH);
		paths.append(buffer, node);
		if (changeset !== null && describing !== null && (kind === SYMLINK || kind === HARD_LINK)) {
			buffer.appendText(kind === SYMLINK ? ' -> ' : ' link to /');
			appendName(buffer, changeset.targets, describing.entry);
		}
		buffer.appendByte(LINE_BREAK);
	};
}

/** Columns stand below each other, so that the widest of each has to be known first. */
function* widthsOf({ tree, rows }: ListedFiles): Steps<Widths> {
	let [uid, gid, bytes] = [0, 0, 0];
	yield* inParts(rows.count, ROWS_A_STEP, (from, to) => {
		for (let row = from; row < to; row++) {
			const described = describedBy(tree, rows.changes[row]);
			uid = Math.max(uid, attributeOf(tree, described, 'uids'));
			gid = Math.max(gid, attributeOf(tree, described, 'gids'));
			bytes = Math.max(bytes, tree.changeBytes[rows.changes[row]]);
		}
	});
	const owner = String(uid).length + 1 + String(gid).length;
	return { owner, bytes: String(bytes).length, layer: String(tree.layerCount).length };
}

function ownerOf(tree: FileTree, change: number): string {
	return `${attributeOf(tree, change, 'uids')}:${attributeOf(tree, change, 'gids')}`;
}

const NO_TIME = '-'.padStart(16);
/** 0000-01-01 to 9999-12-31. */
const SHOWN_SECONDS = { first: -62_167_219_200, last: 253_402_300_799 };

/** To the minute, in UTC, as wide for every time. */
function shownTime(seconds: number | null): string {
	if (seconds === null || !(seconds >= SHOWN_SECONDS.first && seconds <= SHOWN_SECONDS.last)) return NO_TIME;
	return new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ');
}

/** Appends names so that they are safe for a terminal and in a log. A log has commands only where there is a `#` or a `_`. */
function nameAppender({
	isLog,
}: ListedFiles): (buffer: ByteBuffer, column: StringColumn, index: number) => void {
	const UNDERSCORE = 0x5f;
	return (buffer, column, index) => {
		const [start, end] = [index === 0 ? 0 : column.ends[index - 1], column.ends[index]];
		const bytes = column.bytes.subarray(start, end);
		if (!(isLog && bytes.includes(UNDERSCORE)) && buffer.appendIfPlain(column.bytes, start, end)) return;
		const safe = escapeForTerminal(decodeName(stringAt(column, index)));
		buffer.appendText(isLog ? withoutLogCommandsInLine(safe) : safe);
	};
}
