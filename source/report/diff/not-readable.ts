import type { NotReadable } from '../../diff/reproducible/reproducibility.ts';

/** Why a layer of two images was not compared. */
export function whyNotReadable({ side, isSaved }: NotReadable): string {
	const name = side === 'old' ? 'OLD' : 'NEW';
	return isSaved
		? `${name} is a saved report, which does not have the layers`
		: `the source of ${name} cannot give the layer again`;
}
