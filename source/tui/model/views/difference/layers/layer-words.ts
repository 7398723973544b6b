import type { AlignedLayer, ChangeReason } from '../../../../../diff/align-layers.ts';
import type { StyleName } from '../../../line.ts';

interface LayerMark {
	readonly letter: string;
	readonly style: StyleName;
	readonly meaning: string;
}

/** The letter of what became of a layer. */
export const layerMarks: Readonly<Record<AlignedLayer['kind'], LayerMark>> = {
	shared: { letter: '=', style: 'faint', meaning: 'shared: the same layer in both images' },
	changed: { letter: 'M', style: 'content', meaning: 'changed: another layer in its place' },
	inserted: { letter: 'A', style: 'added', meaning: 'inserted: only the new image has it' },
	removed: { letter: 'D', style: 'removed', meaning: 'removed: only the old image has it' },
};

/** Why a layer is another one. */
export const reasons: Readonly<Record<ChangeReason, string>> = {
	instruction: 'its instruction changed',
	below: 'its instruction is the same, but a layer below it changed',
	files: 'the same instruction on the same layers gave another result',
};

/** The 0-based index of the layer in each image; null where the image does not have it. */
export function pairOf(aligned: AlignedLayer): readonly [number | null, number | null] {
	switch (aligned.kind) {
		case 'inserted':
			return [null, aligned.newIndex];
		case 'removed':
			return [aligned.oldIndex, null];
		default:
			return [aligned.oldIndex, aligned.newIndex];
	}
}

/** Both values, or one where they are equal. */
export function oldAndNew([older, newer]: readonly [string | null, string | null]): string {
	return older === newer ? (older ?? '-') : `${older ?? '-'} → ${newer ?? '-'}`;
}
