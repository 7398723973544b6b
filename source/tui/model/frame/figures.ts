import type { ChangeCounts, LayerFigures, ListedKind } from '../../../analysis/analysis.ts';
import { clamp } from '../list-window.ts';

/** Changed paths of a layer: directories and all else. */
export function pathCount({ files, directories }: ChangeCounts): number {
	return files + directories;
}

/** What a list of layers says of the changes: content, metadata and identical copies together are changes. */
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

/** A count in at most four cells up to a thousand millions: `9999`, `12k`, `1.2M`. */
export function shortCount(count: number): string {
	if (count < 10_000) return String(count);
	if (count < 999_500) return `${Math.round(count / 1000)}k`;
	return count < 9_950_000 ? `${(count / 1_000_000).toFixed(1)}M` : `${Math.round(count / 1_000_000)}M`;
}

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar of at most `width` cells. Anything above 0 can be seen. */
export function bar(ratio: number, width: number): string {
	const parts = clamp(Math.round(ratio * width * 8), ratio > 0 ? 1 : 0, width * 8);
	return '█'.repeat(Math.floor(parts / 8)) + eighths[parts % 8];
}
