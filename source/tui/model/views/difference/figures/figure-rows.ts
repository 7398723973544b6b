import type { Figures } from '../../../../../analysis/figures.ts';
import type { CountedKind, DifferenceCounts } from '../../../../../diff/listing/file-differences.ts';
import type { Both } from '../../../../../diff/merge/merge-structure.ts';
import { type WasteCause, wasteCauses } from '../../../../../filetree/file-tree.ts';
import {
	formatBytes,
	formatCount,
	formatExactBytes,
	formatPercent,
	formatPointDelta,
} from '../../../../../text/bytes.ts';
import type { OpenedDifference } from '../../../opened-difference.ts';
import type { DetailRow } from '../../list/detail-rows.ts';
import { deltaText, exactDeltaText, withSign } from '../delta.ts';

/** A text for the list, and one to the last digit for the details. */
interface Amount {
	readonly text: string;
	readonly exact: string;
}

export interface FigureRow {
	readonly label: string;
	readonly meaning: string;
	readonly older: Amount;
	readonly newer: Amount;
	readonly delta: Amount;
	readonly isWarning?: true;
	/** The label of the figure that this one is a part of. */
	readonly partOf?: string;
	/** What else a filter finds it by. */
	readonly words?: readonly string[];
	/** What else the details say, in lines of `width` cells. */
	readonly more?: (width: number) => readonly DetailRow[];
}

const nothing: Amount = { text: '', exact: '' };

/** Every figure of both images. */
export function figureRows(subject: OpenedDifference): readonly FigureRow[] {
	const [older, newer] = subject.images.map(({ figures }) => figures);
	const both: Both<Figures> = [older, newer];
	return [
		bytes('total', 'What all layers ship: the sizes of their files.', both, (each) => each.totalBytes),
		bytes('stored', 'The layers as the source stores them.', both, (each) => each.storedBytes),
		bytes('unpacked', 'The tars of all layers, uncompressed.', both, (each) => each.unpackedBytes),
		bytes('live', 'What is visible in the final file system.', both, (each) => each.liveBytes),
		bytes('wasted', 'What the layers ship and nobody sees.', both, (each) => each.wastedBytes),
		...wasteCauses.map((cause) => ({
			...bytes(`  ${cause}`, causeMeanings[cause], both, (each) => each.wasteByCause[cause]),
			partOf: 'wasted',
		})),
		efficiencyRow(both),
		pullRow(subject),
		count('layers', 'The layers of the image.', both, (each) => each.layers.length),
		...fileRows(both),
		...changeRows(subject),
	];
}

const causeMeanings: Readonly<Record<WasteCause, string>> = {
	removed: 'Wasted because a higher layer removed the file.',
	content: 'Wasted because a higher layer wrote the file with other content.',
	metadata: 'Wasted because a higher layer shipped the file again to change its mode, owner or attributes.',
	identical: 'Wasted because a higher layer shipped the file again as it was.',
	duplicate: 'Wasted because one layer has the file more than once.',
};

function bytes(
	label: string,
	meaning: string,
	[older, newer]: Both<Figures>,
	of: (figures: Figures) => number,
): FigureRow {
	const delta = of(newer) - of(older);
	return {
		label,
		meaning,
		older: bytesAmount(of(older)),
		newer: bytesAmount(of(newer)),
		delta: { text: deltaText(delta), exact: exactDeltaText(delta) },
	};
}

function bytesAmount(amount: number): Amount {
	return { text: formatBytes(amount), exact: formatExactBytes(amount) };
}

function count(
	label: string,
	meaning: string,
	[older, newer]: Both<Figures>,
	of: (figures: Figures) => number,
): FigureRow {
	const delta = of(newer) - of(older);
	return {
		label,
		meaning,
		older: countAmount(of(older)),
		newer: countAmount(of(newer)),
		delta: same(withSign(delta, formatCount(Math.abs(delta)))),
	};
}

function countAmount(amount: number): Amount {
	return same(formatCount(amount));
}

function same(text: string): Amount {
	return { text, exact: text };
}

function efficiencyRow([older, newer]: Both<Figures>): FigureRow {
	return {
		label: 'efficiency',
		meaning: 'The live bytes divided by the total. The delta is in percentage points.',
		older: same(formatPercent(older.efficiency)),
		newer: same(formatPercent(newer.efficiency)),
		delta: same(formatPointDelta(newer.efficiency - older.efficiency)),
	};
}

function pullRow({ pull, images }: OpenedDifference): FigureRow {
	const pulled = `${formatCount(pull.layers.length)} of ${formatCount(images[1].description.layers.length)} layers`;
	const compression = {
		all: '',
		some: ' Some of these layers are stored uncompressed, so that a pull from a registry costs less.',
		none: ' The source stores these layers uncompressed, so that a pull from a registry costs less.',
	} as const;
	return {
		label: 'pull',
		meaning: `What a host that has the old image pulls for the new one: ${pulled}, as stored.${pull.layers.length === 0 ? '' : compression[pull.compression]}`,
		older: nothing,
		newer: bytesAmount(pull.storedBytes),
		delta: nothing,
	};
}

function fileRows(both: Both<Figures>): readonly FigureRow[] {
	const row = (label: string, of: (each: Figures['finalFileSystem']) => number) =>
		count(label, 'How many the final file system has.', both, ({ finalFileSystem }) => of(finalFileSystem));
	return [
		row('files', ({ files }) => files),
		row('hard links', ({ hardLinks }) => hardLinks),
		row('symlinks', ({ symlinks }) => symlinks),
		row('directories', ({ directories }) => directories),
		row('other entries', ({ special }) => special),
	];
}

const changeLabels: Readonly<Record<CountedKind, string>> = {
	added: 'paths added',
	removed: 'paths removed',
	content: 'paths with other content',
	metadata: 'paths with other metadata',
	type: 'paths of another type',
};

const changeMeanings: Readonly<Record<CountedKind, string>> = {
	added: 'Only the new image has them. A file that moved is added at its new path.',
	removed: 'Only the old image has them. A file that moved is removed at its old path.',
	content: 'Both images have them, with other content.',
	metadata: 'Both images have them; only mode, owner or extended attributes differ.',
	type: 'Both images have them, as different types of file.',
};

/** How many paths differ, by kind. */
function changeRows({ files: { counts, unknownContents } }: OpenedDifference): readonly FigureRow[] {
	const kinds = Object.keys(changeLabels) as readonly CountedKind[];
	const rows = kinds.map((kind) => differing(changeLabels[kind], counts[kind], changeMeanings[kind]));
	if (unknownContents === 0) return rows;
	const unknown = { files: unknownContents, directories: 0 };
	const meaning = 'Their sizes are equal, and nothing else is known of their contents.';
	return [...rows, differing('files not compared', unknown, meaning)];
}

function differing(label: string, { files, directories }: DifferenceCounts, meaning: string): FigureRow {
	const total = formatCount(files + directories);
	const exact = [
		`${formatCount(files)} ${files === 1 ? 'file' : 'files'}`,
		`${formatCount(directories)} ${directories === 1 ? 'directory' : 'directories'}`,
	].join(', ');
	return { label, meaning, older: nothing, newer: nothing, delta: { text: total, exact } };
}
