import type { ListView } from '../../../list-window.ts';
import { arrangementOf, type LayersImage, type LayersScene } from '../layers-state.ts';

/** A row of the list: a layer, or an instruction that made none. */
export type ListRow =
	| { readonly kind: 'layer'; readonly layer: number }
	| { readonly kind: 'step'; readonly instruction: string | null };

const known = new WeakMap<LayersImage['description'], readonly ListRow[]>();

/** The layers, lowest first, with the instructions between them that made none, as far as the history tells. */
export function listRows({
	description,
	tree,
}: Pick<LayersImage, 'description' | 'tree'>): readonly ListRow[] {
	const rows = known.get(description) ?? rowsOf(description.history, tree.layerCount);
	known.set(description, rows);
	return rows;
}

function rowsOf(history: LayersImage['description']['history'], layerCount: number): readonly ListRow[] {
	const rows: ListRow[] = [];
	let next = 0;
	for (const { layerIndex, instruction, comment } of history) {
		if (layerIndex === null) rows.push({ kind: 'step', instruction: instruction ?? comment });
		for (; layerIndex !== null && next <= layerIndex && next < layerCount; next++)
			rows.push({ kind: 'layer', layer: next });
	}
	for (; next < layerCount; next++) rows.push({ kind: 'layer', layer: next });
	return rows;
}

/** The list of layers, of which the pane shows a window. */
export function layerList(scene: LayersScene): ListView {
	const rows = listRows(scene.subject);
	return {
		total: rows.length,
		height: arrangementOf(scene).panes.layers.height,
		index: rowOfLayer(rows, scene.state.layer),
		line: scene.state.lines.layers,
	};
}

export function rowOfLayer(rows: readonly ListRow[], layer: number): number {
	return Math.max(
		0,
		rows.findIndex((row) => row.kind === 'layer' && row.layer === layer),
	);
}

/** The layer nearest to a row: in a direction, or else the other way; null where there is none. */
export function layerNear(rows: readonly ListRow[], index: number, direction: 1 | -1): number | null {
	for (const step of [direction, -direction]) {
		for (let at = index; at >= 0 && at < rows.length; at += step) {
			const row = rows[at];
			if (row.kind === 'layer') return row.layer;
		}
	}
	return null;
}
