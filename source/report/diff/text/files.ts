import type { ImageDifference } from '../../../diff/image-difference.ts';
import {
	type DifferingPath,
	deltaOf,
	differingPathAt,
	type PathBytes,
} from '../../../diff/listing/differing-path.ts';
import {
	type CountedKind,
	type DifferenceKind,
	differenceKinds,
	type FileDifferences,
} from '../../../diff/listing/file-differences.ts';
import type { RankedDifferences } from '../../../diff/listing/rank-differences.ts';
import type { WholeFolder } from '../../../diff/listing/whole-folders.ts';
import { pathOf } from '../../../filetree/paths.ts';
import { formatByteDelta, formatBytes, formatCount } from '../../../text/bytes.ts';
import { escapePath } from '../../../text/escape.ts';
import { type Cell, formatTable, type TableLayout } from '../../../text/table.ts';
import { cellWidth } from '../../../text/width.ts';
import { wrapWords } from '../../text/wrap-words.ts';
import type { PathSelection } from '../compared.ts';
import { selectionWords } from '../sentences.ts';
import { describeDetail } from './path-details.ts';

const letters: Readonly<Record<DifferenceKind, string>> = {
	added: 'A',
	removed: 'D',
	content: 'M',
	metadata: 'm',
	type: 'T',
	moved: 'R',
};

const countWords: Readonly<Record<CountedKind, string>> = {
	added: 'added',
	removed: 'removed',
	content: 'changed in content',
	metadata: 'changed in metadata only',
	type: 'changed in type',
};

/** The heading of the paths, and how many there are of each kind. */
export function fileCountSection(
	files: FileDifferences,
	selection: PathSelection,
	layout: TableLayout,
): string[] {
	const { paint } = layout;
	const where = selectionWords(selection);
	const counts = countLines(files);
	const [first, ...others] = counts.length === 0 ? ['none of them differs'] : counts;
	const unknown = unknownSentence(files);
	const [heading, ...rest] = wrapWords(where === '' ? first : `${where.trim()}: ${first}`, 'Files  ', layout);
	return [
		heading.replace('Files', paint('heading', 'Files')),
		...rest,
		...others.flatMap((line) => wrapWords(line, ' '.repeat('Files  '.length), layout)),
		...(unknown === null ? [] : wrapWords(unknown, '  ', layout).map((line) => paint('warning', line))),
	];
}

/** Counts of files, and of directories and moves where there are any. Empty where no path differs. */
export function countLines({ counts, kinds }: FileDifferences): string[] {
	const countsOf = (what: 'files' | 'directories'): string =>
		(Object.keys(countWords) as CountedKind[])
			.filter((kind) => counts[kind][what] > 0)
			.map((kind) => `${formatCount(counts[kind][what])} ${countWords[kind]}`)
			.join(', ');
	const moved = kinds.reduce((sum, kind) => sum + Number(differenceKinds[kind] === 'moved'), 0);
	const [files, directories] = [countsOf('files'), countsOf('directories')];
	return [
		...(files === '' ? [] : [files]),
		...(directories === '' ? [] : [`directories: ${directories}`]),
		...(moved === 0 ? [] : [`moved: ${formatCount(moved)}, counted as added and removed`]),
	];
}

/** Says what is not known; null where everything is. */
export function unknownSentence({ unknownContents }: FileDifferences): string | null {
	if (unknownContents === 0) return null;
	const files = unknownContents === 1 ? '1 file has' : `${formatCount(unknownContents)} files have`;
	const they = unknownContents === 1 ? 'its contents are' : 'their contents are';
	return `${files} the same size in both images, and nothing tells whether ${they} equal: equal sizes prove nothing. A report that fathom report --digests writes tells it.`;
}

/** Wide enough for `1.22 MB`, so that the lines of a long list can be written before all of them are known. */
const SIZE_WIDTH = 7;
const DELTA_WIDTH = 8;
/** Indent, letter, both sizes, delta, and the gaps behind them. */
const FIXED_WIDTH = 2 + 1 + 2 + SIZE_WIDTH + 2 + SIZE_WIDTH + 2 + DELTA_WIDTH + 2;

const columns = [{}, {}, {}, {}, { cut: 'middle' }] as const;

/** The line above the paths. */
export function pathHeader({ paint }: Pick<TableLayout, 'paint'>): string {
	const header = ['old', 'new'].map((word) => word.padStart(SIZE_WIDTH)).join('  ');
	return paint('faint', `     ${header}  ${'delta'.padStart(DELTA_WIDTH)}  path`);
}

/** The lines of some of the differences, in the order given. What does not fit behind a path is on a line of its own below it. */
export function pathLines(
	difference: ImageDifference,
	{ rows, folders }: Pick<RankedDifferences, 'rows' | 'folders'>,
	layout: TableLayout,
): string[] {
	const cells = Array.from(rows).flatMap((row) => {
		const path = differingPathAt(difference, row);
		const folder = folders.get(row);
		const detail =
			folder === undefined ? describeDetail(difference, path) : `${formatCount(folder.files)} files`;
		return pathCells(difference, { ...path, ...(folder && bytesOf(path, folder)), detail }, layout);
	});
	return formatTable(columns, cells, layout);
}

function bytesOf({ kind }: DifferingPath, { bytes }: WholeFolder): PathBytes {
	return kind === 'added' ? { oldBytes: null, newBytes: bytes } : { oldBytes: bytes, newBytes: null };
}

function pathCells(
	difference: ImageDifference,
	path: DifferingPath & { readonly detail: string },
	{ width }: TableLayout,
): Cell[][] {
	const { tree } = difference;
	const slash = path.isDirectory ? '/' : '';
	const name = `/${escapePath(pathOf(tree, path.node))}${slash}`;
	const { detail } = path;
	const whole = detail === '' ? name : `${name}  ${detail}`;
	const fits = width === null || cellWidth(whole) <= width - FIXED_WIDTH;
	const delta = deltaOf(path);
	const line: Cell[] = [
		letters[path.kind],
		sizeCell(path.oldBytes),
		sizeCell(path.newBytes),
		{
			text: formatByteDelta(delta).padStart(DELTA_WIDTH),
			tone: delta > 0 ? 'warning' : delta < 0 ? 'good' : 'faint',
		},
		fits ? whole : name,
	];
	const blank = [' ', ' '.repeat(SIZE_WIDTH), ' '.repeat(SIZE_WIDTH), ' '.repeat(DELTA_WIDTH)];
	return fits || detail === '' ? [line] : [line, [...blank, `  ${detail}`]];
}

function sizeCell(bytes: number | null): Cell {
	const text = (bytes === null ? '-' : formatBytes(bytes)).padStart(SIZE_WIDTH);
	return bytes === null ? { text, tone: 'faint' } : text;
}
