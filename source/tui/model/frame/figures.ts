import type { ChangeCounts, LayerFigures, ListedKind } from '../../../analysis/figures.ts';
import { clamp } from '../list-window.ts';

/** The number of changed paths, directories included. */
export function pathCount({ files, directories }: ChangeCounts): number {
	return files + directories;
}

/** The changes of a layer as the list of layers shows them: content, metadata and identical copies count as changed. */
export interface ChangeTotals {
	readonly added: number;
	readonly changed: number;
	readonly removed: number;
}

export function changeTotals({ changes }: LayerFigures): ChangeTotals {
	const count = (kind: ListedKind) => pathCount(changes[kind]);
	return {
		added: count('added'),
		changed: count('content') + count('metadata') + count('identical'),
		removed: count('removed'),
	};
}

/** How much of something is done, in whole percent. */
export function percentOf(done: number, whole: number): string {
	return `${whole === 0 ? 0 : Math.floor(Math.min(1, done / whole) * 100)} %`;
}

/** How long nothing has come. An engine can take a minute to assemble a large image before it sends anything. */
export function secondsText(elapsedSeconds: number): string {
	return elapsedSeconds < 2 ? '' : ` · ${Math.floor(elapsedSeconds)} s`;
}

/** A count in at most four cells, up to a billion: `9999`, `12k`, `1.2M`. */
export function shortCount(count: number): string {
	if (count < 10_000) return String(count);
	if (count < 999_500) return `${Math.round(count / 1000)}k`;
	return count < 9_950_000 ? `${(count / 1_000_000).toFixed(1)}M` : `${Math.round(count / 1_000_000)}M`;
}

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar of at most `width` cells. Any ratio above 0 is visible. */
export function bar(ratio: number, width: number): string {
	const parts = clamp(Math.round(ratio * width * 8), ratio > 0 ? 1 : 0, width * 8);
	return '█'.repeat(Math.floor(parts / 8)) + eighths[parts % 8];
}
