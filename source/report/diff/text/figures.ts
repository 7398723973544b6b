import type { Pull } from '../../../diff/pull.ts';
import { wasteCauses } from '../../../filetree/file-tree.ts';
import { nameLayers } from '../../../image/image.ts';
import {
	formatByteDelta,
	formatBytes,
	formatCount,
	formatPercent,
	formatPointDelta,
} from '../../../text/bytes.ts';
import type { Tone } from '../../../text/paint.ts';
import { type Cell, formatTable, type TableLayout } from '../../../text/table.ts';
import { wrapWords } from '../../text/wrap-words.ts';
import { type FigureDelta, type FigureDeltas, type TotalName, totalNames } from '../figure-deltas.ts';

const totalLabels: Readonly<Record<TotalName, readonly [label: string, meaning: string]>> = {
	storedBytes: ['stored', 'the layers as stored'],
	unpackedBytes: ['unpacked', 'the layers uncompressed'],
	totalBytes: ['total', 'all files in all layers'],
	liveBytes: ['live', 'visible in the final file system'],
	wastedBytes: ['wasted', 'shipped but not visible'],
};

const columns = [
	{ header: '' },
	{ header: 'old', align: 'right' },
	{ header: 'new', align: 'right' },
	{ header: 'delta', align: 'right' },
	{ header: '', cut: 'end' },
] as const;

/** Every total of both images and how much it changed. */
export function figureSection({ totals, efficiency }: FigureDeltas, layout: TableLayout): string[] {
	const rows = totalNames.map((name) => {
		const [label, meaning] = totalLabels[name];
		return [label, ...byteCells(totals[name]), meaning];
	});
	rows.push(['efficiency', ...efficiencyCells(efficiency), 'live divided by total']);
	return [layout.paint('heading', 'Figures'), ...formatTable(columns, rows, layout)];
}

/** What differs in the waste, by cause. Empty where neither image wastes anything. */
export function wasteSection({ wasteByCause }: FigureDeltas, layout: TableLayout): string[] {
	const rows = wasteCauses
		.filter((cause) => wasteByCause[cause].old > 0 || wasteByCause[cause].new > 0)
		.sort((left, right) => Math.abs(wasteByCause[right].delta) - Math.abs(wasteByCause[left].delta))
		.map((cause) => [cause, ...byteCells(wasteByCause[cause])]);
	if (rows.length === 0) return [];
	return [layout.paint('heading', 'Waste by cause'), ...formatTable(columns.slice(0, 4), rows, layout)];
}

/** More bytes are worse. */
function byteCells({ old, new: current, delta }: FigureDelta): Cell[] {
	return [formatBytes(old), formatBytes(current), { text: formatByteDelta(delta), tone: toneOf(-delta) }];
}

function efficiencyCells({ old, new: current, delta }: FigureDelta): Cell[] {
	const text = formatPointDelta(delta);
	return [formatPercent(old), formatPercent(current), { text, tone: toneOf(delta) }];
}

/** Of a change for the better where it is positive. */
function toneOf(gain: number): Tone {
	if (gain === 0) return 'faint';
	return gain > 0 ? 'good' : 'warning';
}

/** What a host that has the old image pulls for the new one, in sentences. */
export function pullSentences(pull: Pull, layerCount: number): string[] {
	const { layers, storedBytes } = pull;
	if (layers.length === 0) return ['A host that has the old image has every layer of the new one.'];
	const all = layerCount === 1 ? 'its only layer' : `all of its ${formatCount(layerCount)} layers`;
	const which = layers.length === layerCount ? all : `${nameLayers(layers)} of ${formatCount(layerCount)}`;
	return [
		`A host that has the old image pulls ${formatBytes(storedBytes)} for the new one: ${which}.`,
		...compressionSentences(pull),
	];
}

function compressionSentences({ compression, layers }: Pull): string[] {
	if (compression === 'all') return [];
	const all = layers.length === 1 ? 'It is' : 'They are';
	const which = compression === 'none' ? all : 'Some of them are';
	return [`${which} stored uncompressed here; a registry would send less.`];
}

export function pullSection(pull: Pull, layerCount: number, layout: TableLayout): string[] {
	const sentences = pullSentences(pull, layerCount);
	return [
		layout.paint('heading', 'Pull'),
		...sentences.flatMap((sentence) => wrapWords(sentence, '  ', layout)),
	];
}
