import type { Figures } from '../../analysis/figures.ts';
import type { Both } from '../../diff/merge/merge-structure.ts';
import { type WasteCause, wasteCauses } from '../../filetree/file-tree.ts';

/** A figure of two images. */
export interface FigureDelta {
	readonly old: number;
	readonly new: number;
	/** new - old */
	readonly delta: number;
}

/** The totals, in bytes, in the order in which reports show them. */
export const totalNames = ['storedBytes', 'unpackedBytes', 'totalBytes', 'liveBytes', 'wastedBytes'] as const;
export type TotalName = (typeof totalNames)[number];

export interface FigureDeltas {
	readonly totals: Readonly<Record<TotalName, FigureDelta>>;
	/** Ratios. */
	readonly efficiency: FigureDelta;
	/** Wasted bytes. */
	readonly wasteByCause: Readonly<Record<WasteCause, FigureDelta>>;
}

/** Holds the figures of an old image against those of a new one. */
export function figureDeltas([older, newer]: Both<Figures>): FigureDeltas {
	return {
		totals: forEach(totalNames, (name) => deltaOf(older[name], newer[name])),
		efficiency: deltaOf(older.efficiency, newer.efficiency),
		wasteByCause: forEach(wasteCauses, (cause) =>
			deltaOf(older.wasteByCause[cause], newer.wasteByCause[cause]),
		),
	};
}

/** Whether any figure differs. */
export function haveFiguresChanged({ totals, efficiency, wasteByCause }: FigureDeltas): boolean {
	const deltas = [...Object.values(totals), efficiency, ...Object.values(wasteByCause)];
	return deltas.some(({ delta }) => delta !== 0);
}

function deltaOf(old: number, current: number): FigureDelta {
	return { old, new: current, delta: current - old };
}

function forEach<Key extends string, Value>(
	keys: readonly Key[],
	make: (key: Key) => Value,
): Record<Key, Value> {
	return Object.fromEntries(keys.map((key) => [key, make(key)])) as Record<Key, Value>;
}
